import Diagnostics

/// One state file: JSON with its format's version, replaced as a whole.
protocol StateFile: Sendable, Equatable {
    /// The layout that is written and its version, as `danectl.zone-state/2`.
    static var format: String { get }

    /// Reads a text of one of the layouts that are known.
    init(reading octets: [UInt8]) throws(StateFault)

    /// The text of the state; `nil` when it cannot be told.
    var text: [UInt8]? { get }
}

/// Why a text is no state.
enum StateFault: Error {
    /// It is of a version that this danectl does not know.
    case unknownVersion(String)
    /// It is damaged, here, so.
    case damaged((line: Int, column: Int)?, String)
}

/// Reads and writes the files below `state/`.
struct StateFolder: Sendable {
    /// The folder.
    let path: String
    /// What its files were read as.
    let memory: FileMemory

    private static let largestRemembered = 8 << 20

    /// What stands at a path.
    enum Found<State: Sendable>: Sendable {
        /// There is no file.
        case missing
        /// The file, as it was written.
        case read(State)
        /// The file is damaged; it is as if lost, and the finding says so.
        case damaged(Diagnostic)
    }

    /// The file that keeps what is known of a zone or certificate; characters that file names should not have are escaped.
    func file(_ kind: String, _ name: String) -> String {
        var text = ""
        for octet in name.utf8 {
            let isPlain =
                octet == 45 || octet == 95 || octet == 46 && !text.isEmpty || 48...57 ~= octet || 97...122 ~= octet
                || 65...90 ~= octet
            if isPlain {
                text.unicodeScalars.append(Unicode.Scalar(octet))
            } else {
                text += "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16)
            }
        }
        return "\(path)/\(kind)/\(text)"
    }

    /// Reads a state file.
    ///
    /// - Throws: ``Failure`` when the file is there and cannot be read, or is of a version that this danectl does not know.
    func read<State: StateFile>(_ file: String, as type: State.Type) throws(Failure) -> Found<State> {
        guard InputFile.exists(file) else { return .missing }
        let octets = try InputFile.octets(of: file)
        do throws(StateFault) {
            // One run of apply asks for each state three times.
            return .read(
                try memory.meaning(of: octets, upTo: Self.largestRemembered) { () throws(StateFault) in
                    try State(reading: octets)
                })
        } catch {
            switch error {
            case .unknownVersion(let version):
                throw Failure(
                    .badInput,
                    .error(
                        "state/unknown-version", at: SourceLocation(file: file),
                        "the state file's format is '\(version)', this danectl knows '\(State.format)'",
                        hint: "a newer danectl wrote it: use that one; nothing was changed"))
            case .damaged(let place, let reason):
                let location = SourceLocation(file: file, line: place?.line ?? 0, column: place?.column ?? 0)
                return .damaged(
                    .warning(
                        "state/damaged", at: location, "the state file is damaged and counts as lost: \(reason)",
                        hint: "what it said is gathered again from what is published;"
                            + " waits are as long as the policy's largest TTL"))
            }
        }
    }

    /// Writes a state file.
    func write<State: StateFile>(_ state: State, to file: String) throws(Failure) {
        guard let text = state.text else {
            throw Failure(
                .cannotWrite, .error("file/unwritable", at: SourceLocation(file: file), "cannot encode the state"))
        }
        try AtomicFile.write(String(decoding: text, as: UTF8.self), to: file)
    }
}
