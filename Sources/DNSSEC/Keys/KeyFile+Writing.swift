import DNSModel
public import OpenSSLBridge

extension KeyFile {
    /// The text of the `.key` file: role and times in comments as BIND has them, then the DNSKEY record.
    public static func publicText(_ key: ZoneKey) -> String {
        let revoked = key.dnskey.isRevoked ? "revoked " : ""
        var text = "; This is a \(revoked)\(key.role.words), keyid \(key.keyTag), for \(key.owner)\n"
        for field in KeyTiming.Field.allCases {
            guard let time = key.timing[field] else { continue }
            text += "; \(field.rawValue): \(time.compactFormat) (\(calendarText(time)))\n"
        }
        return text + recordText(key) + "\n"
    }

    /// The DNSKEY record on one line.
    public static func recordText(_ key: ZoneKey) -> String {
        let ttl = key.ttl.map { "\($0) " } ?? ""
        let dnskey = key.dnskey
        return "\(key.owner) \(ttl)IN DNSKEY \(dnskey.flags) \(dnskey.protocolField) \(dnskey.algorithm.rawValue) "
            + Base64.encode(dnskey.publicKey)
    }

    /// The text of the `.private` file, version 1.3. It holds the secret: mode 0600, and nowhere else.
    ///
    /// - Returns: `nil` when the key has no private half.
    public static func privateText(_ key: ZoneKey) throws(OpenSSLError) -> String? {
        guard let privateKey = key.privateKey else { return nil }
        let mnemonic = key.algorithm == .rsasha1NSEC3 ? "NSEC3RSASHA1" : key.algorithm.description
        var text = "Private-key-format: v1.3\nAlgorithm: \(key.algorithm.rawValue) (\(mnemonic))\n"
        switch try privateKey.material() {
        case .octets(let octets):
            text += "PrivateKey: \(Base64.encode(octets))\n"
        case .rsa(let numbers):
            for (name, octets) in [
                ("Modulus", numbers.modulus), ("PublicExponent", numbers.publicExponent),
                ("PrivateExponent", numbers.privateExponent), ("Prime1", numbers.prime1), ("Prime2", numbers.prime2),
                ("Exponent1", numbers.exponent1), ("Exponent2", numbers.exponent2),
                ("Coefficient", numbers.coefficient),
            ] {
                text += "\(name): \(Base64.encode(octets))\n"
            }
        }
        for field in KeyTiming.Field.allCases {
            if let time = key.timing[field] { text += "\(field.rawValue): \(time.compactFormat)\n" }
        }
        return text
    }

    /// `Sat Nov 21 17:12:41 2026`, in UTC.
    private static func calendarText(_ time: Timestamp) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = time.components
        func two(_ value: Int, _ filler: String = "0") -> String { (value < 10 ? filler : "") + String(value) }
        // 1970-01-01 was a Thursday.
        let second = time.rawValue % 604_800
        let weekday = Int((second < 0 ? second + 604_800 : second) / 86_400)
        return "\(days[weekday]) \(months[(parts.month - 1) % 12]) \(two(parts.day, " ")) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) \(parts.year)"
    }
}
