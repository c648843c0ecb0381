import Diagnostics
import FoundationEssentials

/// One state file: JSON with its format's version, replaced as a whole.
protocol StateFile: Codable, Sendable, Equatable {
    /// The layout and its version, as `danectl.zone-state/1`.
    static var format: String { get }
}

/// Reads and writes the files below `state/`.
struct StateFolder: Sendable {
    /// The folder.
    let path: String
    /// What its files were read as.
    let memory: FileMemory

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
        let location = SourceLocation(file: file)
        do {
            return .read(
                try memory.meaning(of: octets) {
                    try JSONDecoder().decode(Versioned<State>.self, from: Data(octets)).state
                })
        } catch let version as UnknownVersion {
            throw Failure(
                .badInput,
                .error(
                    "state/unknown-version", at: location,
                    "the state file's format is '\(version.format)', this danectl knows '\(State.format)'",
                    hint: "a newer danectl wrote it: use that one; nothing was changed"))
        } catch is MissingVersion {
            return .damaged(Self.damage(location, "it is no JSON object with a 'format'"))
        } catch {
            return .damaged(Self.damage(location, "\(error)"))
        }
    }

    /// Writes a state file.
    func write<State: StateFile>(_ state: State, to file: String) throws(Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let octets = try? encoder.encode(state) else {
            throw Failure(
                .cannotWrite, .error("file/unwritable", at: SourceLocation(file: file), "cannot encode the state"))
        }
        try AtomicFile.write(String(decoding: octets, as: UTF8.self) + "\n", to: file)
    }

    /// A state whose version is looked at before anything else.
    private struct Versioned<State: StateFile>: Decodable {
        let state: State

        private enum CodingKeys: String, CodingKey { case format }

        init(from decoder: any Decoder) throws {
            guard let format = try? decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .format)
            else { throw MissingVersion() }
            guard format == State.format else { throw UnknownVersion(format: format) }
            state = try State(from: decoder)
        }
    }

    private struct UnknownVersion: Error { let format: String }
    private struct MissingVersion: Error {}

    private static func damage(_ location: SourceLocation, _ reason: String) -> Diagnostic {
        .warning(
            "state/damaged", at: location, "the state file is damaged and counts as lost: \(reason)",
            hint: "what it said is gathered again from what is published; waits are as long as the policy's largest TTL"
        )
    }
}
