import DNSModel

extension Plan {
    /// A text in octets that is the same for the same plan from the same state, whenever it is asked for.
    ///
    /// It names what now stands on every track, what must hold, and the steps in order. Times are left out, so that a
    /// plan that somebody reviewed is the same plan an hour later; what changes it is a change in the world or the goal.
    public var canonicalEncoding: [UInt8] {
        var text = CanonicalText()
        text.line("danectl-plan", "2")
        for track in situation.tracks {
            let name = track.id.octets
            for change in track.changes[track.standingRange] {
                text.field("is")
                text.field(name)
                text.field(change.content)
                text.field(change.ttl.description)
                text.endLine()
            }
        }
        for pairing in situation.pairings {
            text.field("holds")
            text.field(pairing.published.octets)
            text.field(pairing.presented.octets)
            text.field(pairing.relation.name)
            text.endLine()
        }
        for step in steps {
            switch step.action {
            case .publish(let track, let content, let ttl):
                text.field("publish")
                text.field(track.octets)
                text.field(content)
                text.field(ttl.description)
            case .deploy(let track, let chains):
                text.field("deploy")
                text.field(track.octets)
                text.field(.chains(chains))
            case .await(let track):
                text.field("await")
                text.field(track.octets)
            }
            text.endLine()
        }
        return text.octets
    }

    /// A name for the plan: 32 hexadecimal digits of FNV-1a over ``canonicalEncoding``.
    ///
    /// It guards against acting on a plan that is out of date, not against forgery.
    public var hash: String {
        var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b
        for octet in canonicalEncoding {
            state ^= UInt128(octet)
            state &*= prime
        }
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}

/// Fields with their lengths before them, so that no two lists of fields are the same text.
private struct CanonicalText {
    private(set) var octets: [UInt8] = []
    /// Many tracks say the same.
    private var latest: (content: Content, octets: [UInt8])?

    mutating func field(_ field: some Collection<UInt8>) {
        octets.append(contentsOf: String(field.count).utf8)
        octets.append(UInt8(ascii: ":"))
        octets.append(contentsOf: field)
        octets.append(UInt8(ascii: ","))
    }

    mutating func field(_ text: String) { field(text.utf8) }

    mutating func field(_ content: Content) {
        if let latest, latest.content == content {
            field(latest.octets)
            return
        }
        let encoded = Array(Self.encoding(of: content).utf8)
        latest = (content, encoded)
        field(encoded)
    }

    mutating func endLine() { octets.append(UInt8(ascii: "\n")) }

    mutating func line(_ fields: String...) {
        for text in fields { field(text) }
        endLine()
    }

    /// Content in full, where ``Content/description`` abbreviates.
    private static func encoding(of content: Content) -> String {
        switch content {
        case .associations(let records):
            records.map(\.description).joined(separator: "\n")
        case .chains(let chains):
            chains.map { chain in
                ([chain.label, chain.isPubliclyTrusted ? "public" : "private"]
                    + chain.satisfies.map(\.description) + ["publishes"] + chain.publishes.map(\.description))
                    .joined(separator: "\n")
            }.joined(separator: "\n\n")
        case .keys(let keys, let signers):
            (keys + signers).map { "\($0) \($0.fingerprint)" }.joined(separator: "\n") + " \(keys.count)"
        case .signatures(let keys), .delegation(let keys):
            keys.map { "\($0) \($0.fingerprint)" }.joined(separator: "\n")
        default: content.description
        }
    }
}

extension Relation {
    /// What must hold, in a word that stays the same.
    fileprivate var name: String {
        switch self {
        case .association(let fallback): "association \(fallback.rawValue)"
        case .zoneSignature: "zone signature"
        case .chainOfTrust: "chain of trust"
        case .signedBelowDelegation: "signed below delegation"
        case .target(let target): "target \(target)"
        }
    }
}
