public import DNSModel

/// What one version of a published RRset says, or what servers present: the two sides that must match.
public enum Content: Sendable, Hashable {
    /// Whatever it was: the record of it was lost. It matches nothing that is new.
    case unknown
    /// No such RRset (NXDOMAIN or NODATA), or nothing that listens.
    case absent
    /// A TLSA RRset, sorted.
    case associations([Association])
    /// What a handshake may bring: any one of these chains, such as an RSA and an ECDSA one.
    case chains([Chain])
    /// A DNSKEY RRset: the keys in it, and those that sign it.
    case keys([KeyIdentity], signedBy: [KeyIdentity])
    /// The keys that sign the zone's other RRsets: every RRset carries a signature by each of them.
    case signatures([KeyIdentity])
    /// A DS RRset: the keys that it names.
    case delegation([KeyIdentity])
    /// The targets of an SRV, MX or CNAME RRset.
    case targets([DomainName])
    /// An RRset that needs only to exist, such as a target's addresses; the text tells versions apart.
    case present(String)

    /// TLSA content in canonical form: sorted, without duplicates, ``absent`` when there is none.
    public static func tlsa(_ associations: some Sequence<Association>) -> Self {
        var sorted: [Association] = []
        for association in associations.sorted() where sorted.last != association { sorted.append(association) }
        return sorted.isEmpty ? .absent : .associations(sorted)
    }

    /// The TLSA records, or none.
    public var tlsaRecords: [Association] {
        if case .associations(let records) = self { records } else { [] }
    }

    /// The chains, or none.
    public var presentedChains: [Chain] {
        if case .chains(let chains) = self { chains } else { [] }
    }

    /// The distinct parameters of the TLSA records, ascending.
    public var parameters: [AssociationParameters] {
        Set(tlsaRecords.map(\.parameters)).sorted()
    }
}

extension Content: CustomStringConvertible {
    /// A short text for one line of a plan: `3 1 1 8cb0fc6c… + 3 1 1 27aa90d1…`, `no record`.
    public var description: String {
        func list(_ items: [some CustomStringConvertible]) -> String {
            items.isEmpty ? "nothing" : items.map(\.description).joined(separator: " + ")
        }
        return switch self {
        case .unknown: "an unknown version"
        case .absent: "no record"
        case .associations(let records): records.map(\.abbreviated).joined(separator: " + ")
        case .chains(let chains): list(chains.map(\.label))
        case .keys(let keys, let signers): "DNSKEY \(list(keys)) signed by \(list(signers))"
        case .signatures(let keys): "RRSIG by \(list(keys))"
        case .delegation(let keys): "DS \(list(keys))"
        case .targets(let targets): list(targets.map(Self.host))
        case .present(let text): text
        }
    }

    /// A target for people: host and port where the name is that of a TLSA RRset.
    static func host(_ target: DomainName) -> String {
        let labels = target.labels
        guard labels.count > 2, labels[0].first == UInt8(ascii: "_"), labels[1].first == UInt8(ascii: "_"),
            let host = target.parent?.parent
        else { return target.description }
        return "\(host):\(String(decoding: labels[0].dropFirst(), as: UTF8.self))"
    }
}
