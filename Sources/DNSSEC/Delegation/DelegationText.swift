import DNSModel
public import Diagnostics

/// How a delegation is handed to the parent.
public enum DelegationFormat: String, Sendable, Hashable, CaseIterable {
    /// DS records, as the parent's zone has them.
    case ds
    /// DNSKEY records.
    case dnskey
    /// CDS records, as the child's zone has them (RFC 7344).
    case cds
    /// CDNSKEY records, as the child's zone has them (RFC 7344).
    case cdnskey
    /// Labelled values, to be copied into a registrar's web form.
    case table
    /// JSON, with a format version.
    case json
    /// An EPP command with DS data (RFC 5910 §4.1).
    case eppDS = "epp-ds"
    /// An EPP command with key data (RFC 5910 §4.2).
    case eppKey = "epp-key"
}

extension DelegationSet {
    /// The delegation in a form that people and registries take; the last line ends.
    ///
    /// - Throws: `ds/several-zones` when an EPP command would have to speak of more than one domain.
    public func text(_ format: DelegationFormat, epp: EPPOptions = .replacing) throws(DiagnosedFailure) -> String {
        switch format {
        case .ds: dsLines(type: .ds)
        case .cds: dsLines(type: .cds)
        case .dnskey: keyLines(type: .dnskey)
        case .cdnskey: keyLines(type: .cdnskey)
        case .table: table
        case .json: json
        case .eppDS: try eppText(epp, isKeyData: false)
        case .eppKey: try eppText(epp, isKeyData: true)
        }
    }

    private func dsLines(type: RRType) -> String {
        keys.map { key in
            key.dsRecords.map { "\(key.prefix(type)) \($0.presentation)\n" }.joined()
        }.joined()
    }

    private func keyLines(type: RRType) -> String {
        keys.map { key in
            "\(key.prefix(type)) \(key.dnskey.flags) \(key.dnskey.protocolField) \(key.dnskey.algorithm.rawValue) "
                + "\(Base64.encode(key.dnskey.publicKey))\n"
        }.joined()
    }

    /// A block for each key: what every digest shares, then each digest, then the key for registries that want it.
    private var table: String {
        keys.map { key in
            var lines: [(String, String)] = [
                ("Zone", "\(key.owner)"), ("Key tag", "\(key.dnskey.keyTag)"),
                ("Algorithm", Self.numbered(key.dnskey.algorithm.rawValue, key.dnskey.algorithm.mnemonic)),
            ]
            for record in key.dsRecords {
                lines.append(
                    ("Digest type", Self.numbered(record.digestType.rawValue, record.digestType.registration?.mnemonic))
                )
                lines.append(("Digest", Hex.encode(record.digest)))
            }
            lines.append(("Flags", "\(key.dnskey.flags) (\(key.dnskey.isSEP ? "KSK" : "ZSK"))"))
            lines.append(("Protocol", "\(key.dnskey.protocolField) (DNSSEC)"))
            lines.append(("Public key", Base64.encode(key.dnskey.publicKey)))
            return lines.map { label, value in
                label + String(repeating: " ", count: 13 - label.count) + value + "\n"
            }.joined()
        }.joined(separator: "\n")
    }

    private static func numbered(_ number: UInt8, _ name: String?) -> String {
        name.map { "\(number) (\($0))" } ?? "\(number)"
    }
}

extension DelegatedKey {
    /// Owner, TTL where it is known, class and type.
    fileprivate func prefix(_ type: RRType) -> String {
        "\(owner) " + (ttl.map { "\($0) " } ?? "") + "IN \(type)"
    }
}

extension RData.DS {
    /// `12345 13 2 49fd…`: presentation format, hex in lower case.
    fileprivate var presentation: String {
        "\(keyTag) \(algorithm.rawValue) \(digestType.rawValue) \(Hex.encode(digest))"
    }
}

// MARK: - JSON

extension DelegationSet {
    /// The version of the JSON document's form; it grows when a field changes its meaning.
    public static let jsonFormat = 1

    private var json: String {
        let items = keys.map { key in
            """
                {
                  "zone": \(Self.quoted(key.owner.presentationFormat)),
                  "keyTag": \(key.dnskey.keyTag),
                  "flags": \(key.dnskey.flags),
                  "protocol": \(key.dnskey.protocolField),
                  "algorithm": \(key.dnskey.algorithm.rawValue),
                  "algorithmName": \(key.dnskey.algorithm.mnemonic.map(Self.quoted) ?? "null"),
                  "publicKey": "\(Base64.encode(key.dnskey.publicKey))",
                  "ds": [
            \(key.dsRecords.map { Self.json($0) }.joined(separator: ",\n"))
                  ]
                }
            """
        }
        return """
            {
              "format": \(Self.jsonFormat),
              "keys": [
            \(items.joined(separator: ",\n"))
              ]
            }

            """
    }

    private static func json(_ record: RData.DS) -> String {
        let name = record.digestType.registration.map { quoted($0.mnemonic) } ?? "null"
        return "        { \"digestType\": \(record.digestType.rawValue), \"digestTypeName\": \(name), "
            + "\"digest\": \"\(Hex.encode(record.digest))\" }"
    }

    /// A JSON string; names are printable ASCII, with backslashes and quotes.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            if character == "\\" || character == "\"" { result += "\\" }
            result.append(character)
        }
        return result + "\""
    }
}
