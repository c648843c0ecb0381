import DNSModel

extension Plan {
    /// A text in octets that is the same for the same plan from the same state, whenever it is asked for.
    ///
    /// It names what now stands on every track, what must hold, and the steps in order. Times are left out, so that a
    /// plan that somebody reviewed is the same plan an hour later; what changes it is a change in the world or the goal.
    public var canonicalEncoding: [UInt8] {
        var text: [UInt8] = []
        func line(_ fields: String...) {
            for field in fields {
                text.append(contentsOf: String(field.utf8.count).utf8)
                text.append(UInt8(ascii: ":"))
                text.append(contentsOf: field.utf8)
                text.append(UInt8(ascii: ","))
            }
            text.append(UInt8(ascii: "\n"))
        }
        line("danectl-plan", "1")
        for track in situation.tracks {
            for change in track.standing {
                line("is", track.id.description, Self.encoding(of: change.content), change.ttl.description)
            }
        }
        for pairing in situation.pairings {
            line("holds", pairing.published.description, pairing.presented.description, "\(pairing.relation)")
        }
        for step in steps {
            switch step.action {
            case .publish(let track, let content, let ttl):
                line("publish", track.description, Self.encoding(of: content), ttl.description)
            case .deploy(let track, let chains):
                line("deploy", track.description, Self.encoding(of: .chains(chains)))
            case .await(let track):
                line("await", track.description)
            }
        }
        return text
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
