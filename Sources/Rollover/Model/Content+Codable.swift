import DNSModel

/// State files keep contents as one object with one key: `{"tlsa": ["3 1 1 8cb0…"]}`, `{"chains": […]}`, `"absent"`.
extension Content: Codable {
    private enum Kind: String, CodingKey {
        case unknown, absent, tlsa, chains, keys, signedBy, signatures, ds, targets, present
    }

    /// Reads the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        if container.contains(.unknown) {
            self = .unknown
        } else if container.contains(.absent) {
            self = .absent
        } else if container.contains(.tlsa) {
            self = .tlsa(try container.decode([Association].self, forKey: .tlsa))
        } else if container.contains(.chains) {
            self = .chains(try container.decode([Chain].self, forKey: .chains))
        } else if container.contains(.keys) {
            self = .keys(
                try container.decode([KeyIdentity].self, forKey: .keys),
                signedBy: try container.decode([KeyIdentity].self, forKey: .signedBy))
        } else if container.contains(.signatures) {
            self = .signatures(try container.decode([KeyIdentity].self, forKey: .signatures))
        } else if container.contains(.ds) {
            self = .delegation(try container.decode([KeyIdentity].self, forKey: .ds))
        } else if container.contains(.targets) {
            let names = try container.decode([String].self, forKey: .targets)
            self = .targets(
                try names.map { text in
                    guard let name = try? DomainName(text) else {
                        throw DecodingError.dataCorruptedError(
                            forKey: .targets, in: container, debugDescription: "'\(text)' is no domain name")
                    }
                    return name
                })
        } else {
            self = .present(try container.decode(String.self, forKey: .present))
        }
    }

    /// Writes an object with one key that names the kind.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .unknown: try container.encode(true, forKey: .unknown)
        case .absent: try container.encode(true, forKey: .absent)
        case .associations(let records): try container.encode(records, forKey: .tlsa)
        case .chains(let chains): try container.encode(chains, forKey: .chains)
        case .keys(let keys, let signers):
            try container.encode(keys, forKey: .keys)
            try container.encode(signers, forKey: .signedBy)
        case .signatures(let keys): try container.encode(keys, forKey: .signatures)
        case .delegation(let keys): try container.encode(keys, forKey: .ds)
        case .targets(let names): try container.encode(names.map(\.description), forKey: .targets)
        case .present(let text): try container.encode(text, forKey: .present)
        }
    }
}
