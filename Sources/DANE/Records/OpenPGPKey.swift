import DNSModel

/// An OpenPGP transferable public key, as far as OPENPGPKEY needs to know it: octets (RFC 7929 §2.2).
public struct OpenPGPKey: Sendable, Hashable {
    /// The key in binary: the RDATA of the record.
    public let octets: [UInt8]

    /// Why octets are not a public key.
    public enum Failure: Error, Sendable, Hashable {
        /// The file is empty.
        case empty
        /// The armor has no end, no Base64, or a wrong checksum.
        case badArmor(String)
        /// It is a secret key, which must never be published.
        case secretKey
        /// It is something else; the OpenPGP packet type, or `nil` when it is no packet.
        case notAPublicKey(packetType: Int?)
    }

    /// Reads a binary key, or one in ASCII armor (RFC 9580 §6).
    public init(_ file: [UInt8]) throws(Failure) {
        guard !file.isEmpty else { throw .empty }
        let text = String(decoding: file, as: UTF8.self)
        if text.contains("-----BEGIN PGP PRIVATE KEY BLOCK-----") { throw .secretKey }
        octets = text.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----") ? try Self.dearmored(text) : file
        guard let tag = octets.first, tag & 0x80 != 0 else { throw .notAPublicKey(packetType: nil) }
        let packetType = Int(tag & 0x40 != 0 ? tag & 0x3F : tag >> 2 & 0x0F)
        if packetType == 5 || packetType == 7 { throw .secretKey }
        guard packetType == 6 else { throw .notAPublicKey(packetType: packetType) }
    }

    private static func dearmored(_ text: String) throws(Failure) -> [UInt8] {
        var inside = false
        var inHeaders = false
        var body = ""
        var checksum: String?
        // A Character may be CR and LF together, so the line ends are looked for by property.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = line.filter { $0 != " " && $0 != "\t" }
            if line.hasPrefix("-----BEGIN") {
                (inside, inHeaders) = (true, true)
            } else if line.hasPrefix("-----END") {
                guard let decoded = Base64.decode(body), !decoded.isEmpty else { throw .badArmor("it is not Base64") }
                if let checksum, Base64.decode(checksum) != crc24(decoded) {
                    throw .badArmor("its checksum is wrong")
                }
                return decoded
            } else if inside {
                if line.isEmpty {
                    inHeaders = false
                } else if inHeaders, line.contains(":") {
                    continue
                } else if line.hasPrefix("="), line.count == 5 {
                    checksum = String(line.dropFirst())
                } else {
                    inHeaders = false
                    body += line
                }
            }
        }
        throw .badArmor("it has no end")
    }

    /// The checksum of ASCII armor (RFC 9580 §6.1.1).
    private static func crc24(_ octets: [UInt8]) -> [UInt8] {
        var crc: UInt32 = 0xB704CE
        for octet in octets {
            crc ^= UInt32(octet) << 16
            for _ in 0..<8 {
                crc <<= 1
                if crc & 0x100_0000 != 0 { crc ^= 0x186_4CFB }
            }
        }
        return [UInt8(crc >> 16 & 0xFF), UInt8(crc >> 8 & 0xFF), UInt8(crc & 0xFF)]
    }
}

extension OpenPGPKey.Failure: CustomStringConvertible {
    /// What was found.
    public var description: String {
        switch self {
        case .empty: "there is nothing in it"
        case .badArmor(let reason): "the armor is damaged: \(reason)"
        case .secretKey: "it is a secret key; export the public key"
        case .notAPublicKey(let type?): "the first OpenPGP packet has type \(type), expected 6, a public key"
        case .notAPublicKey(nil): "it is no OpenPGP key"
        }
    }
}
