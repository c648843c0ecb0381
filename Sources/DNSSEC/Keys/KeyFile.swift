import DNSModel
public import Diagnostics
import OpenSSLBridge

/// The content of a file, and its name for findings.
public struct KeyFileSource: Sendable {
    /// The path, as the operator would write it.
    public var file: String
    /// The content.
    public var octets: [UInt8]

    /// Joins name and content.
    public init(file: String, octets: [UInt8]) {
        self.file = file
        self.octets = octets
    }
}

/// Reads key files in BIND's format (`.key`, `.private` of versions 1.2 and 1.3, `.state`), whoever wrote them.
///
/// Pure: text in, values and findings out. The files themselves are the shell's.
public enum KeyFile {
    /// Reads one key from its files.
    ///
    /// Times are taken from the private half, and where there is none from the comments of the public half. The role is
    /// what the comments or the state file say, or else what the SEP flag says.
    /// - Parameters:
    ///   - publicHalf: The `.key` file.
    ///   - privateHalf: The `.private` file, or `nil` when there is none.
    ///   - state: BIND's `.state` file, or `nil`; only roles are read from it.
    /// - Returns: The key, or nothing when a finding is an error.
    public static func read(
        publicHalf: KeyFileSource, privateHalf: KeyFileSource?, state: KeyFileSource? = nil
    ) -> Diagnosed<ZoneKey> {
        let records = DNSKEYText.read(publicHalf.octets, file: publicHalf.file)
        var findings = records.diagnostics
        let place = SourceLocation(file: publicHalf.file)
        guard let record = records.value?.first, records.value?.count == 1 else {
            if !findings.hasErrors {
                let count = records.value?.count ?? 0
                findings.append(
                    .error(KeyRules.notOneRecord, at: place, "\(count) DNSKEY records; a key file holds one"))
            }
            return Diagnosed(nil, findings)
        }
        let comments = KeyFileComments(publicHalf.octets)
        var timing = comments.timing
        var privateKey: PrivateKey?
        if let privateHalf {
            let read = PrivateKeyFile.read(privateHalf)
            findings += read.diagnostics
            if let file = read.value {
                if !file.timing.isEmpty { timing = file.timing }
                let made = match(file, record, SourceLocation(file: privateHalf.file))
                findings += made.diagnostics
                privateKey = made.value
            }
        }
        findings += KeyFindings.about(record)
        let key = ZoneKey(
            owner: record.owner, dnskey: record.dnskey, ttl: record.ttl, timing: timing,
            role: role(record.dnskey, comments, state), privateKey: privateKey)
        if let name = KeyFileName(fileName: publicHalf.file), name != KeyFileName(key) {
            findings.append(
                .warning(
                    KeyRules.fileName, at: place, "the file holds \(key), whose name would be \(KeyFileName(key))"))
        }
        return Diagnosed(findings.hasErrors ? nil : key, findings)
    }

    /// The private half, when it belongs to the record.
    private static func match(
        _ file: PrivateKeyFile, _ record: DNSKEYRecord, _ place: SourceLocation
    ) -> Diagnosed<PrivateKey> {
        guard file.algorithm == record.dnskey.algorithm else {
            let message =
                "the private half is for algorithm \(file.algorithm), the public one for \(record.dnskey.algorithm)"
            return Diagnosed(nil, [.error(KeyRules.halvesDiffer, at: place, message)])
        }
        let made = file.makeKey()
        // A public half that is no key has its own finding.
        guard let key = made.value, let publicKey = try? record.dnskey.makePublicKey() else { return made }
        guard key.matches(publicKey) else {
            let message = "this is not the private half of \(record.owner) key tag \(record.dnskey.keyTag)"
            return Diagnosed(nil, [.error(KeyRules.halvesDiffer, at: place, message)])
        }
        return made
    }

    private static func role(
        _ dnskey: RData.DNSKEY, _ comments: KeyFileComments, _ state: KeyFileSource?
    ) -> KeyRole {
        guard dnskey.isSEP else { return .zsk }
        if comments.isCombined { return .csk }
        guard let state else { return .ksk }
        let lines = String(decoding: state.octets, as: UTF8.self).split(whereSeparator: \.isNewline)
        let signsZone = lines.contains { $0.lowercased().split(separator: " ") == ["zsk:", "yes"] }
        return signsZone ? .csk : .ksk
    }

    // MARK: - Permissions

    /// What is wrong with the permissions of a private key file, or `nil`.
    ///
    /// - Parameters:
    ///   - mode: The file's mode; only the bits of group and others matter.
    ///   - file: Its name, for the finding.
    public static func permissionFinding(mode: UInt32, file: String) -> Diagnostic? {
        guard mode & 0o077 != 0 else { return nil }
        let octal = String(mode & 0o777, radix: 8)
        return .error(
            KeyRules.readableByOthers, at: SourceLocation(file: file),
            "the private key has mode 0\(octal): others than its owner may use it; 0600 is expected",
            hint: "chmod 600 '\(file)'; roll the key if someone may have read it")
    }
}
