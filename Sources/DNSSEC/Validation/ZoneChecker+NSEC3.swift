import DNSModel
import Diagnostics

extension ZoneChecker {
    /// Whether a chain's hashes are computed at all.
    private func isComputable(_ chain: Int) -> Bool { context.chains[chain].parameters.isComputable }

    /// Checks the NSEC3 of an authoritative name or a delegation.
    ///
    /// Delegations without DS wait for ``checkSkippable(_:chain:)`` where opt-out may leave them out.
    func checkNSEC3(of owner: OwnerIndex, _ ownerClass: OwnerClass, _ all: Range<Int>, chain: Int) {
        if ownerClass == .insecureDelegation, context.chains[chain].mayHaveGaps { return }
        checkNSEC3(of: owner, ownerClass, all, chain: chain, isRequired: true)
    }

    /// Checks the NSEC3 of an empty non-terminal.
    func checkNSEC3(of terminal: EmptyNonTerminal, chain: Int) {
        if terminal.leadsOnlyToInsecureDelegations, context.chains[chain].mayHaveGaps { return }
        checkNSEC3(of: terminal, chain: chain, isRequired: true)
    }

    /// Checks what opt-out may leave out: delegations without DS, and empty non-terminals above nothing else.
    func checkSkippable(_ owners: Range<Int>, chain: Int) {
        for position in owners {
            let owner = OwnerIndex(truncatingIfNeeded: position)
            guard context.cuts[owner] == .insecureDelegation else { continue }
            checkNSEC3(
                of: owner, .insecureDelegation, context.view.recordRange(of: owner), chain: chain, isRequired: false)
        }
        for terminal in context.cuts.emptyNonTerminals(before: owners)
        where terminal.leadsOnlyToInsecureDelegations {
            checkNSEC3(of: terminal, chain: chain, isRequired: false)
        }
    }

    private func checkNSEC3(
        of owner: OwnerIndex, _ ownerClass: OwnerClass, _ all: Range<Int>, chain: Int, isRequired: Bool
    ) {
        guard isComputable(chain) else { return }
        let ahead = chain == 0 ? hashesAhead[owner] : nil
        let hash = ahead ?? hasher.hash(context.view.nameOctets(of: owner), context.chains[chain].parameters)
        guard let entry = context.chains[chain].find(hash) else {
            reportMissing(context.view.name(of: owner), hash, chain, isRequired: isRequired)
            return
        }
        result.matched[chain].append(UInt32(truncatingIfNeeded: entry))
        buildBitmap(ownerClass, all, forNSEC: false)
        if let fault = bitmapFault(chain, entry) { report(fault, chain, entry, of: context.view.name(of: owner)) }
    }

    private func checkNSEC3(of terminal: EmptyNonTerminal, chain: Int, isRequired: Bool) {
        guard isComputable(chain) else { return }
        let name = context.view.store.nameOctets(at: terminal.nameOffset)
        let hash = hasher.hash(name, context.chains[chain].parameters)
        guard let entry = context.chains[chain].find(hash) else {
            reportMissing(context.view.name(of: terminal), hash, chain, isRequired: isRequired)
            return
        }
        result.matched[chain].append(UInt32(truncatingIfNeeded: entry))
        bitmap.start()
        if let fault = bitmapFault(chain, entry) { report(fault, chain, entry, of: context.view.name(of: terminal)) }
    }

    private func reportMissing(_ name: DomainName, _ hash: NSEC3Hash, _ chain: Int, isRequired: Bool) {
        let place = FindingSubject(owner: name, type: .nsec3)
        if isRequired {
            result.log.add(.error, .nsec3Missing, place, "\(name) has no NSEC3; its hash is \(hash)")
            return
        }
        let covering = context.chains[chain].covering(hash).map { context.chains[chain].entries[$0] }
        guard let covering, !covering.isOptOut else { return }
        let span = context.view.name(of: context.view.records[Int(covering.record)].owner)
        result.log.add(
            .error, .nsec3OptOut, place, "\(name), hash \(hash), is skipped by the NSEC3 \(span), which has no opt-out")
    }

    /// How the bitmap of an entry differs from the expected one, if it does.
    private func bitmapFault(_ chain: Int, _ entry: Int) -> BitmapFault? {
        if context.chains[chain].entries[entry].surelyHas(bitmap.short) { return nil }
        let record = context.view.records[Int(context.chains[chain].entries[entry].record)]
        guard let fields = NSEC3Fields(context.view.rdataOctets(of: record)), !bitmap.matches(fields.bitmap) else {
            return nil
        }
        return BitmapFault(expected: bitmap.octets, found: fields.bitmap)
    }

    private func report(_ fault: BitmapFault, _ chain: Int, _ entry: Int, of name: DomainName) {
        let rule: ValidationRule = if case .encoding = fault { .bitmapEncoding } else { .nsec3Bitmap }
        let record = context.view.records[Int(context.chains[chain].entries[entry].record)]
        let owner = context.view.name(of: record.owner)
        result.log.add(
            .error, rule, FindingSubject(owner: owner, type: .nsec3), "the NSEC3 \(owner) of \(name) \(fault.reason)")
    }

    /// Checks a part of a chain by itself: each points to the next, the last one to the first (RFC 5155 §7.1).
    func checkLinks(_ part: Range<Int>, chain: Int) {
        let zone = context.view
        let entries = context.chains[chain].entries
        for index in part {
            let entry = entries[index]
            let record = zone.records[Int(entry.record)]
            checkDenialTTL(Int(entry.record))
            guard let fields = NSEC3Fields(zone.rdataOctets(of: record)), fields.nextHash.count == 20 else { continue }
            let next = entries[index + 1 == entries.count ? 0 : index + 1]
            var place: FindingSubject { FindingSubject(owner: zone.name(of: record.owner), type: .nsec3) }
            if next.hash == entry.hash, entries.count > 1 {
                result.log.add(
                    .error, .nsec3Duplicate, place, "\(zone.name(of: record.owner)) has several NSEC3 of one chain")
                continue
            }
            let found = NSEC3Hash(UnsafeRawBufferPointer(fields.nextHash))
            if found != next.hash {
                result.log.add(
                    .error, .nsec3Next, place,
                    "the NSEC3 \(zone.name(of: record.owner)) points to \(found), the next hash is \(next.hash)")
            }
        }
    }
}

extension ChainParameters {
    /// Whether names are hashed for a chain: not with an unknown algorithm, nor for hours.
    var isComputable: Bool { hashAlgorithm == 1 && iterations <= NSEC3NameHasher.maximumIterations }
}
