import DNSModel
import Diagnostics

/// One run of the signer, when all decisions are made: classify, chain, lay out, sign, finish.
struct SigningRun {
    let source: SigningSource
    /// The cuts of the source's zone, when they are known already.
    let cuts: ZoneCuts?
    let apexRecords: [RecordEntry]
    let keys: KeyPlan
    let parameters: SigningParameters
    let previous: Zone?
    /// The serial of the signed zone, when it is known before everything is signed.
    let knownSerial: Serial?
    let workers: Workers

    /// What came of it, or what stopped it.
    enum Attempt {
        case signed(SigningOutcome)
        case failed(DiagnosedFailure)
    }

    /// Signs, and gives the text to a receiver, and judges it, where it can.
    func run(
        _ receiver: (any SignedTextReceiver)?, _ judgement: ConcurrentValidation?
    ) throws(DiagnosedFailure) -> SigningOutcome {
        let attempt: Attempt = try withContext(keepingFrom: previous) { context in
            guard let previous else {
                guard let knownSerial else { return sign(context) }
                guard let receiver else { return sign(context, serial: knownSerial) }
                return sign(context, serial: knownSerial, receiver, judgement)
            }
            return previous.withView { view in
                var context = context
                context.previous = view
                return sign(context)
            }
        }
        switch attempt {
        case .signed(let outcome): return outcome
        case .failed(let failure): throw failure
        }
    }

    /// Calls `body` with all that workers share, but without the previous zone itself.
    ///
    /// - Parameter previous: The previous zone, or as much of it as is known: it tells whose signatures may be kept, and for
    ///   how long.
    func withContext<Value>(
        keepingFrom previous: Zone?, _ body: (SigningContext) -> Value
    ) throws(DiagnosedFailure) -> Value {
        let cuts = self.cuts ?? ZoneCuts(source.zone, workers: workers)
        var chain: NSEC3Chain?
        if case .nsec3(let denial) = parameters.denial { chain = try makeChain(cuts, denial) }
        return source.zone.withView { zone in
            with(chain) { chain in
                apexRecords.withUnsafeBufferPointer { apexRecords in
                    cuts.classes.withUnsafeBufferPointer { classes in
                        source.zone.apex.lowercased.wireFormat.withUnsafeBufferPointer { apex in
                            body(
                                SigningContext(
                                    zone: zone, apexRecords: apexRecords, classes: classes,
                                    cuts: cuts, apex: apex,
                                    rrClass: source.zone.rrClass.rawValue, keys: keys,
                                    window: SignatureWindow(
                                        parameters.times, now: parameters.now, previous: previous),
                                    denialTTL: denialTTL, maximumTTL: parameters.maximumTTL ?? TTL(0x7FFF_FFFF),
                                    chain: chain, previous: nil, canKeep: canKeep(previous),
                                    previousIsTrusted: parameters.previousIsTrusted, isVersionKnown: knownSerial != nil)
                            )
                        }
                    }
                }
            }
        }
    }

    // MARK: Preparations

    /// "The TTL of the NSEC RR that is returned MUST be the lesser of the MINIMUM field of the SOA record and the TTL of
    /// the SOA itself" (RFC 9077 §3).
    var denialTTL: TTL {
        min(TTL(source.soa.minimum), source.soa.entry.ttl, parameters.maximumTTL ?? source.soa.entry.ttl)
    }

    /// Whose signatures may be kept. Without verification it must be certain that they are this key's: the key was
    /// published with them; no two keys of a zone look alike (see ``KeySet``).
    private func canKeep(_ previous: Zone?) -> [Bool] {
        guard let previous else { return keys.active.map { _ in false } }
        guard parameters.previousIsTrusted else { return keys.active.map { _ in true } }
        let published = Set(previous.rrset(previous.apex, .dnskey)?.rdata ?? [])
        return keys.active.map { published.contains($0.rdata) }
    }

    private func makeChain(_ cuts: ZoneCuts, _ denial: NSEC3Parameters) throws(DiagnosedFailure) -> NSEC3Chain {
        let result = source.zone.withView {
            NSEC3Chain.make($0, cuts: cuts, apex: source.zone.apex, parameters: denial, workers: workers)
        }
        switch result {
        case .chain(let chain): return chain
        case .collision(let first, let second):
            let names = [first, second].map {
                $0 == HashedName.emptyNonTerminal ? "an empty non-terminal" : source.zone.name(of: $0).description
            }
            throw DiagnosedFailure(
                .error(
                    .nsec3Collision, "\(names[0]) and \(names[1]) have the same NSEC3 hash", .rfc(5155, "7.1"),
                    hint: "use another salt"))
        }
    }

    private func with<Value>(_ chain: NSEC3Chain?, _ body: (SigningContext.ChainView?) -> Value) -> Value {
        guard let chain, case .nsec3(let denial) = parameters.denial else { return body(nil) }
        let prefix: [UInt8] =
            [1, denial.optOut ? RData.NSEC3.optOutFlag : 0, UInt8(denial.iterations >> 8)]
            + [UInt8(truncatingIfNeeded: denial.iterations), UInt8(truncatingIfNeeded: denial.salt.count)] + denial.salt
            + [UInt8(NSEC3Hasher.hashLength)]
        return chain.names.withUnsafeBufferPointer { names in
            chain.positions.withUnsafeBufferPointer { positions in
                prefix.withUnsafeBufferPointer { prefix in
                    body(.init(names: names, positions: positions, rdataPrefix: prefix))
                }
            }
        }
    }

    // MARK: Signing

    private func sign(_ context: SigningContext) -> Attempt {
        let layout = SigningLayout(context, workers: workers)
        let pool = WorkerPool(context)
        guard var tables = SignedTables.filling(layout, pool: pool, workers: workers) else {
            return .failed(DiagnosedFailure(pool.fault ?? .storeFull))
        }
        let made = pool.tally.made
        let finish = ApexFinish(
            source: source, parameters: parameters, previous: previous, context: context, workers: workers)
        var result: (change: SigningOutcome.Change, serial: Serial, findings: [Diagnostic])?
        pool.lend { worker throws(SigningFault) in
            result = try finish.run(&tables, worker, hasMadeSignatures: made > 0)
        }
        guard let result else { return .failed(DiagnosedFailure(pool.fault ?? .storeFull)) }
        let tally = pool.tally
        let zone =
            result.change == .unchanged
            ? previous ?? source.zone
            : tables.zone(apex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store)
        return .signed(
            SigningOutcome(
                zone: zone, cuts: result.change == .unchanged ? nil : tables.cuts(context), change: result.change,
                statistics: statistics(tally, result.serial),
                diagnostics: differingTTLs(tally.differingTTLs) + result.findings,
                summary: summary(tally, result.serial)))
    }

    /// Signs a zone whose serial is known.
    private func sign(_ context: SigningContext, serial: Serial) -> Attempt {
        let layout = SigningLayout(context, workers: workers)
        let pool = WorkerPool(context)
        guard let tables = SignedTables.filling(layout, pool: pool, workers: workers) else {
            return .failed(DiagnosedFailure(pool.fault ?? .storeFull))
        }
        let tally = pool.tally
        return .signed(
            SigningOutcome(
                zone: tables.zone(apex: source.zone.apex, rrClass: source.zone.rrClass, store: source.zone.store),
                cuts: tables.cuts(context), change: .changed, statistics: statistics(tally, serial),
                diagnostics: differingTTLs(tally.differingTTLs),
                summary: summary(tally, serial)))
    }

    func statistics(_ tally: SigningTally, _ serial: Serial) -> SigningOutcome.Statistics {
        var statistics = SigningOutcome.Statistics()
        statistics.signaturesMade = tally.made
        statistics.signaturesKept = tally.kept
        statistics.signedRRsets = tally.signedRRsets
        statistics.denialRecords = tally.denialRecords
        statistics.serial = serial
        statistics.firstExpiration = parameters.now.advanced(by: Int64(tally.leastTimeLeft))
        return statistics
    }

    /// The first of them by name, and how many there are.
    func differingTTLs(_ found: [SigningTally.DifferingTTLs]) -> [Diagnostic] {
        let sorted = found.sorted { ($0.owner, $0.type) < ($1.owner, $1.type) }
        let shown = 20
        var result: [Diagnostic] = sorted.prefix(shown).map {
            .warning(
                .differingTTLs,
                """
                the \($0.type) records of \(source.zone.name(of: $0.owner)) have different TTLs; the lowest, \($0.lowest), \
                is used for all
                """, .rfc(2181, "5.2"), hint: "give them one TTL")
        }
        if sorted.count > shown {
            result.append(
                .warning(.differingTTLs, "\(sorted.count - shown) more RRsets have different TTLs", .rfc(2181, "5.2")))
        }
        return result
    }
}
