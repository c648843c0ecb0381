public import DNSModel
import OpenSSLBridge

/// SSHFP records from OpenSSH public keys (RFC 4255, 6594, 7479, 8709).
public enum SSHFingerprint {
    /// How the key is hashed (RFC 4255 §3.1.2, RFC 6594 §4).
    public enum FingerprintType: UInt8, Sendable, Hashable, CaseIterable {
        /// SHA-1: only for clients that know nothing else.
        case sha1 = 1
        /// SHA-256.
        case sha256 = 2
    }

    /// Why a line is not a key that SSHFP has a number for.
    public enum Failure: Error, Sendable, Hashable {
        /// There is no key type with Base64 behind it in the line.
        case notAKeyLine
        /// The key type has no SSHFP algorithm number.
        case unsupportedKeyType(String)
        /// The Base64 is damaged, or does not hold a key of the type before it.
        case damaged(String)
    }

    /// The algorithm numbers of IANA's registry, by OpenSSH's key type.
    private static let algorithms: [String: UInt8] = [
        "ssh-rsa": 1, "ssh-dss": 2, "ecdsa-sha2-nistp256": 3, "ecdsa-sha2-nistp384": 3, "ecdsa-sha2-nistp521": 3,
        "ssh-ed25519": 4, "ssh-ed448": 6,
    ]

    /// The RDATA for one line of a `.pub` file or of `ssh-keyscan`: options and host names may stand before the type.
    public static func rdata(
        publicKeyLine line: String, _ types: [FingerprintType] = [.sha256]
    ) throws(Failure) -> [[UInt8]] {
        let items = line.split { $0 == " " || $0 == "\t" }.map { String($0) }
        guard let index = items.firstIndex(where: { isKeyType($0) }), index + 1 < items.count else {
            throw .notAKeyLine
        }
        let type = items[index]
        guard let algorithm = algorithms[type] else { throw .unsupportedKeyType(type) }
        guard let blob = Base64.decode(items[index + 1]) else { throw .damaged(type) }
        let name = Array(type.utf8)
        guard blob.count > 4 + name.count, blob[0...3].elementsEqual([0, 0, 0, UInt8(name.count)]),
            blob[4..<(4 + name.count)].elementsEqual(name)
        else { throw .damaged(type) }
        return types.map { kind in
            [algorithm, kind.rawValue] + DigestContext.digest(kind == .sha1 ? .sha1 : .sha256, of: blob)
        }
    }

    private static func isKeyType(_ item: String) -> Bool {
        item.hasPrefix("ssh-") || item.hasPrefix("ecdsa-sha2-") || item.hasPrefix("sk-")
    }

    /// The records for all keys of a file; blank lines and comments are passed over.
    ///
    /// - Returns: The records, each once, and the failures with their line numbers, from 1.
    public static func records(
        publicKeys text: String, owner: DomainName, ttl: TTL?, _ types: [FingerprintType] = [.sha256]
    ) -> (records: [PublishedRecord], failures: [(line: Int, failure: Failure)]) {
        var records: [PublishedRecord] = []
        var failures: [(line: Int, failure: Failure)] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.isEmpty || trimmed.first == "#" { continue }
            do throws(Failure) {
                for rdata in try rdata(publicKeyLine: String(trimmed), types) {
                    let record = PublishedRecord(owner: owner, type: .sshfp, ttl: ttl, rdata: rdata)
                    if !records.contains(record) { records.append(record) }
                }
            } catch {
                failures.append((index + 1, error))
            }
        }
        return (records, failures)
    }
}

extension SSHFingerprint.Failure: CustomStringConvertible {
    /// What was found.
    public var description: String {
        switch self {
        case .notAKeyLine: "there is no OpenSSH public key in the line"
        case .unsupportedKeyType(let type): "SSHFP has no algorithm number for '\(type)'"
        case .damaged(let type): "the Base64 does not hold a key of type '\(type)'"
        }
    }
}
