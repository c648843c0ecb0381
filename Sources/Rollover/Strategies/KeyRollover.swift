public import DNSModel

/// A zone's keys as the calculus sees them: three tracks and what must hold between them.
public struct ZoneKeyTracks: Sendable {
    /// The zone.
    public let apex: DomainName
    /// The TTL of the DNSKEY RRset (TTLkey).
    public var dnskeyTTL: TTL
    /// The TTL of the DS RRset at the parent (TTLds).
    public var dsTTL: TTL
    /// The greatest TTL in the zone (TTLsig).
    public var maximumTTL: TTL

    /// Creates a description.
    public init(apex: DomainName, dnskeyTTL: TTL, dsTTL: TTL, maximumTTL: TTL) {
        self.apex = apex
        self.dnskeyTTL = dnskeyTTL
        self.dsTTL = dsTTL
        self.maximumTTL = maximumTTL
    }

    /// The DNSKEY RRset.
    public var dnskey: TrackID { .dnskey(apex) }
    /// The DS RRset.
    public var ds: TrackID { .ds(apex) }
    /// The signatures over everything else.
    public var signatures: TrackID { .signatures(apex) }

    /// DS leads to a key that signs the DNSKEY RRset, and keys verify what is signed.
    public var pairings: [Pairing] {
        [
            Pairing(dnskey, signatures, .zoneSignature),
            Pairing(ds, dnskey, .chainOfTrust),
            Pairing(ds, signatures, .signedBelowDelegation),
        ]
    }
}

/// Plans for DNSSEC keys (RFC 7583, RFC 6781), from what stands to a new key.
public enum KeyRollover {
    /// ZSK by pre-publication (RFC 7583 §3.2.1): publish, sign with it, remove the old one.
    public static func zsk(
        _ situation: Situation, _ zone: ZoneKeyTracks, from old: KeyIdentity, to new: KeyIdentity
    ) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let (keys, signers) = situation.keys(zone)
        try draft.append(
            [zone.publish(keys.union([new]), signedBy: signers)],
            reason: "the new key must be in every cache before it signs", reference: "RFC 7583 §3.2.1",
            ifLate: "the old key signs on; nothing fails")
        try draft.append(
            [zone.sign(situation.signers(zone).subtracting([old]).union([new]))],
            reason: "every cached DNSKEY RRset has the new key (Ipub is over)", reference: "RFC 7583 §3.2.1",
            ifLate: "the old key signs on; nothing fails")
        try draft.append(
            [zone.publish(keys.union([new]).subtracting([old]), signedBy: signers)],
            reason: "no cache holds a signature of the old key (Iret is over)", reference: "RFC 7583 §3.2.1",
            ifLate: "the DNSKEY RRset stays larger than it need be")
        return try draft.finish(title: "roll the ZSK of \(zone.apex) from \(old) to \(new)")
    }

    /// KSK by Double-KSK (RFC 7583 §3.3.1): publish, change the DS, remove the old one.
    public static func ksk(
        _ situation: Situation, _ zone: ZoneKeyTracks, from old: KeyIdentity, to new: KeyIdentity
    ) throws(PlanRefusal) -> Plan {
        try doubleKey(
            situation, zone, from: old, to: new, role: "KSK", signsZone: false,
            reasons: (
                publish: "the new key must be in every cache before the parent names it",
                change: "every cached DNSKEY RRset has the new key (IpubC is over): submit its DS",
                remove: "no cache holds the old DS (Iret is over)"
            ))
    }

    /// CSK: as a KSK and a ZSK at once; the signatures change when the key is everywhere, and so does the DS.
    public static func csk(
        _ situation: Situation, _ zone: ZoneKeyTracks, from old: KeyIdentity, to new: KeyIdentity
    ) throws(PlanRefusal) -> Plan {
        try doubleKey(
            situation, zone, from: old, to: new, role: "CSK", signsZone: true,
            reasons: (
                publish: "the new key must be in every cache before it signs or is named",
                change: "every cached DNSKEY RRset has the new key: sign with it, and submit its DS",
                remove: "no cache holds the old DS or a signature of the old key"
            ))
    }

    /// Both keys sign the DNSKEY RRset while the DS, and for a CSK the zone's signatures, go from one to the other.
    private static func doubleKey(
        _ situation: Situation, _ zone: ZoneKeyTracks, from old: KeyIdentity, to new: KeyIdentity, role: String,
        signsZone: Bool, reasons: (publish: String, change: String, remove: String)
    ) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let (keys, signers) = situation.keys(zone)
        let late = "the old key serves on; nothing fails"
        try draft.append(
            [zone.publish(keys.union([new]), signedBy: signers.union([new]))],
            reason: reasons.publish, reference: "RFC 7583 §3.3.1", ifLate: late)
        var changes = [zone.delegate(situation.named(zone).subtracting([old]).union([new]))]
        if signsZone { changes.insert(zone.sign(situation.signers(zone).subtracting([old]).union([new])), at: 0) }
        try draft.append(changes, reason: reasons.change, reference: "RFC 7583 §3.3.1", ifLate: late)
        try draft.append(
            [
                zone.publish(
                    keys.union([new]).subtracting([old]), signedBy: signers.union([new]).subtracting([old]))
            ],
            reason: reasons.remove, reference: "RFC 7583 §3.3.1",
            ifLate: "the DNSKEY RRset stays larger than it need be")
        return try draft.finish(title: "roll the \(role) of \(zone.apex) from \(old) to \(new)")
    }

    /// A new algorithm, conservatively (RFC 6781 §4.1.4): signatures, keys, DS; then the same way out.
    ///
    /// - Parameters:
    ///   - situation: The facts.
    ///   - zone: The zone.
    ///   - newKSK: The key for the DS; the same as `newZSK` for a CSK.
    ///   - newZSK: The key for the zone's data.
    /// - Throws: ``PlanRefusal`` with a counter-example when no safe way is known.
    public static func algorithm(
        _ situation: Situation, _ zone: ZoneKeyTracks, toKSK newKSK: KeyIdentity, zsk newZSK: KeyIdentity
    ) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let (keys, signers) = situation.keys(zone)
        let late = "the old algorithm serves on; nothing fails"
        try draft.append(
            [zone.sign(situation.signers(zone).union([newZSK]))],
            reason: "signatures of a new algorithm come before its keys", reference: "RFC 6781 §4.1.4", ifLate: late)
        try draft.append(
            [zone.publish(keys.union([newKSK, newZSK]), signedBy: signers.union([newKSK]))],
            reason: "every cached RRset is signed by both algorithms", reference: "RFC 6781 §4.1.4", ifLate: late)
        try draft.append(
            [zone.delegate([newKSK])], reason: "every cached DNSKEY RRset has both algorithms",
            reference: "RFC 6781 §4.1.4", ifLate: late)
        let stale = "the zone stays larger than it need be"
        try draft.append(
            [zone.publish([newKSK, newZSK], signedBy: [newKSK])], reason: "no cache holds the old DS",
            reference: "RFC 6781 §4.1.4", ifLate: stale)
        try draft.append(
            [zone.sign([newZSK])], reason: "no cache holds a DNSKEY RRset with the old algorithm",
            reference: "RFC 6781 §4.1.4", ifLate: stale)
        return try draft.finish(title: "roll \(zone.apex) to algorithm \(newKSK.algorithm)")
    }

    /// From an unsigned zone to a secure one: signatures and keys, then the DS (RFC 7583 §3.3.5).
    public static func goSecure(
        _ situation: Situation, _ zone: ZoneKeyTracks, ksk: KeyIdentity, zsk: KeyIdentity
    ) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let late = "the zone stays insecure"
        try draft.append(
            [zone.sign([zsk])], reason: "signatures come first", reference: "RFC 7583 §3.3.5", ifLate: late)
        try draft.append(
            [zone.publish([ksk, zsk], signedBy: [ksk])], reason: "no cache holds an unsigned answer",
            reference: "RFC 7583 §3.3.5", ifLate: late)
        try draft.append(
            [zone.delegate([ksk])], reason: "no cache remembers that there were no keys",
            reference: "RFC 7583 §3.3.5", ifLate: late)
        return try draft.finish(title: "secure \(zone.apex)")
    }

    /// From a secure zone to an unsigned one: the DS goes first (RFC 6781 §2).
    public static func goInsecure(_ situation: Situation, _ zone: ZoneKeyTracks) throws(PlanRefusal) -> Plan {
        var draft = Draft(situation)
        let late = "the zone stays signed; nothing fails"
        try draft.append(
            [.publish(zone.ds, .absent, ttl: zone.dsTTL)], reason: "the parent must stop naming keys first",
            reference: "RFC 6781 §2", ifLate: late)
        try draft.append(
            [.publish(zone.dnskey, .absent, ttl: zone.maximumTTL)], reason: "no cache holds the DS",
            reference: "RFC 6781 §2", ifLate: late)
        try draft.append(
            [.publish(zone.signatures, .absent, ttl: zone.maximumTTL)], reason: "no cache holds the keys",
            reference: "RFC 6781 §2", ifLate: late)
        return try draft.finish(title: "make \(zone.apex) insecure")
    }
}

extension ZoneKeyTracks {
    fileprivate func publish(_ keys: Set<KeyIdentity>, signedBy signers: Set<KeyIdentity>) -> Step.Action {
        .publish(dnskey, .keys(keys.sorted(), signedBy: signers.sorted()), ttl: dnskeyTTL)
    }

    fileprivate func sign(_ keys: Set<KeyIdentity>) -> Step.Action {
        .publish(signatures, .signatures(keys.sorted()), ttl: maximumTTL)
    }

    fileprivate func delegate(_ keys: Set<KeyIdentity>) -> Step.Action {
        .publish(ds, .delegation(keys.sorted()), ttl: dsTTL)
    }
}

extension Situation {
    fileprivate func keys(_ zone: ZoneKeyTracks) -> (keys: Set<KeyIdentity>, signers: Set<KeyIdentity>) {
        guard case .keys(let keys, let signers) = latestContent(of: zone.dnskey) else { return ([], []) }
        return (Set(keys), Set(signers))
    }

    fileprivate func signers(_ zone: ZoneKeyTracks) -> Set<KeyIdentity> {
        guard case .signatures(let keys) = latestContent(of: zone.signatures) else { return [] }
        return Set(keys)
    }

    fileprivate func named(_ zone: ZoneKeyTracks) -> Set<KeyIdentity> {
        guard case .delegation(let keys) = latestContent(of: zone.ds) else { return [] }
        return Set(keys)
    }
}
