import DNSModel
import Diagnostics

extension ZoneChecker {
    /// Checks that the zone can deny what an owner is not.
    func checkDenial(of owner: OwnerIndex, _ ownerClass: OwnerClass, _ all: Range<Int>) {
        let nsec = group(of: .nsec, in: all)
        let nsec3 = group(of: .nsec3, in: all)
        result.statistics.nsecRecords += nsec.count
        result.statistics.nsec3Records += nsec3.count
        switch context.denial {
        case .nsec:
            if !nsec3.isEmpty { reportMixed(.nsec3, at: owner) }
            if ownerClass.isInDenialChain { checkNSEC(nsec, of: owner, ownerClass, all) }
        case .nsec3:
            if !nsec.isEmpty { reportMixed(.nsec, at: owner) }
            if context.piece != nil { takeDown(nsec3, of: owner) }
            if ownerClass.isInDenialChain, ownsData(all) {
                if context.piece != nil { noteWant(of: owner, ownerClass, all) }
                for chain in context.chains.indices { checkNSEC3(of: owner, ownerClass, all, chain: chain) }
            }
        case .none: break
        }
    }

    /// Whether any RRset stands here that is not only there for DNSSEC's sake.
    private func ownsData(_ all: Range<Int>) -> Bool {
        all.contains {
            let type = context.view.records[$0].type
            return type != .rrsig && type != .nsec && type != .nsec3
        }
    }

    private func reportMixed(_ type: RRType, at owner: OwnerIndex) {
        let name = context.view.name(of: owner)
        let other = type == .nsec ? "NSEC3" : "NSEC"
        result.log.add(
            .error, .denialMixed, FindingSubject(owner: name, type: type), "\(name) has \(type) in a zone with \(other)"
        )
    }

    /// One NSEC, pointing to the next name, with exactly the types that are there (RFC 4035 §2.3).
    private func checkNSEC(_ nsec: Range<Int>, of owner: OwnerIndex, _ ownerClass: OwnerClass, _ all: Range<Int>) {
        let zone = context.view
        var place: FindingSubject { FindingSubject(owner: zone.name(of: owner), type: .nsec) }
        guard let index = nsec.first else {
            if ownsData(all) {
                result.log.add(.error, .nsecMissing, place, "\(zone.name(of: owner)) has no NSEC")
            }
            return
        }
        if nsec.count > 1 {
            result.log.add(.error, .nsecDuplicate, place, "\(zone.name(of: owner)) has \(nsec.count) NSEC records")
        }
        if !ownsData(all) {
            result.log.add(.error, .nsecAlone, place, "\(zone.name(of: owner)) has an NSEC and nothing else")
        }
        checkDenialTTL(index)
        let rdata = zone.rdataOctets(of: zone.records[index])
        guard let length = Self.nameLength(rdata) else {
            result.log.add(
                .error, .denialMalformed, place, "the NSEC of \(zone.name(of: owner)) has no next domain name")
            return
        }
        let next = UnsafeBufferPointer(rebasing: rdata[..<length])
        if context.piece != nil { noteLink(of: owner) }
        if let expected = nextInChain(after: owner) {
            if !NameOctets.areEqual(next, zone.nameOctets(of: expected)) {
                let found = DomainName(uncheckedWireFormat: Array(next))
                result.log.add(
                    .error, .nsecNext, place,
                    "the NSEC of \(zone.name(of: owner)) points to \(found), the next name is \(zone.name(of: expected))"
                )
            }
        } else {
            result.chain.names.end(pointingTo: next.map(asciiLowercased))
        }
        buildBitmap(ownerClass, all, forNSEC: true)
        let found = UnsafeBufferPointer(rebasing: rdata[length...])
        if !bitmap.matches(found) {
            let fault = BitmapFault(expected: bitmap.octets, found: found)
            let rule: ValidationRule = if case .encoding = fault { .bitmapEncoding } else { .nsecBitmap }
            result.log.add(.error, rule, place, "the NSEC of \(zone.name(of: owner)) \(fault.reason)")
        }
    }

    /// The next name of the chain; after the last one comes the apex, and in a piece of a zone a name that is not there.
    private func nextInChain(after owner: OwnerIndex) -> OwnerIndex? {
        var index = Int(owner) + 1
        while index < context.cuts.ownersInZone.upperBound {
            let candidate = OwnerIndex(truncatingIfNeeded: index)
            if context.cuts[candidate].isInDenialChain, isLink(candidate) { return candidate }
            index += 1
        }
        return context.piece == nil ? context.apex : nil
    }

    /// Whether a name has anything but signatures; a name that has lost its records is in no chain.
    private func isLink(_ owner: OwnerIndex) -> Bool {
        let all = context.view.recordRange(of: owner)
        return all.contains { context.view.records[$0].type != .rrsig }
    }

    /// Warns unless the TTL is that of negative answers (RFC 9077 §3).
    func checkDenialTTL(_ index: Int) {
        let record = context.view.records[index]
        if record.ttl == context.denialTTL { return }
        let name = context.view.name(of: record.owner)
        result.log.add(
            .warning, .denialTTL, FindingSubject(owner: name, type: record.type),
            "\(name) \(record.type) has the TTL \(record.ttl), the SOA record asks for \(context.denialTTL)")
    }

    /// Builds the bitmap that an owner should have (RFC 4035 §2.3, RFC 5155 §7.1).
    func buildBitmap(_ ownerClass: OwnerClass, _ all: Range<Int>, forNSEC: Bool) {
        bitmap.start()
        let isDelegation = ownerClass.isDelegationPoint
        // A delegation has signatures only over DS and, if there is one, NSEC.
        var owesSignatures = forNSEC || ownerClass != .insecureDelegation
        var last: RRType?
        for index in all {
            let type = context.view.records[index].type
            if type == last || type == .rrsig || type == .nsec3 { continue }
            last = type
            // "bits corresponding to any non-NS RRset for which the parent is not authoritative MUST be clear"
            if isDelegation, type != .ns, type != .ds, type != .nsec { continue }
            if owesSignatures, type > .rrsig {
                bitmap.add(.rrsig)
                owesSignatures = false
            }
            bitmap.add(type)
        }
        if owesSignatures { bitmap.add(.rrsig) }
    }

    /// The length of the name that `octets` begin with, or `nil` when there is none.
    static func nameLength(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < octets.count {
            let label = Int(octets[index])
            guard label <= 63 else { return nil }
            index += 1 + label
            if label == 0 { return index <= DomainName.maximumLength ? index : nil }
        }
        return nil
    }
}
