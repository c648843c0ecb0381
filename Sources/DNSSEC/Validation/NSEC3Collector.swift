import DNSModel
import Diagnostics

/// Gathers a zone's NSEC3 records into the chains that its NSEC3PARAM records announce.
struct NSEC3Collector {
    let zone: Zone
    let cuts: ZoneCuts
    let apex: OwnerIndex
    let workers: Workers
    let options: ValidationOptions
    /// What was found wrong.
    private(set) var log: FindingLog
    /// The announced chains.
    private(set) var chains: [AnnouncedChain] = []

    init(_ zone: Zone, _ cuts: ZoneCuts, apex: OwnerIndex, options: ValidationOptions, workers: Workers) {
        self.zone = zone
        self.cuts = cuts
        self.apex = apex
        self.options = options
        self.workers = workers
        log = FindingLog(limit: options.findingsPerRule)
    }

    /// What one worker found in its part of the zone.
    private struct Part: Sendable {
        var entries: [[AnnouncedChain.Entry]]
        var log: FindingLog
        /// What was read ahead, which nobody needs.
        var warmed: UInt8 = 0
    }

    /// Reads ahead the names and RDATA of the NSEC3 records of a block of owners: see ``CacheWarming``.
    private static func warm(_ first: Int, in owners: Range<Int>, _ zone: Zone, _ cuts: ZoneCuts) -> UInt8 {
        var sum: UInt8 = 0
        for owner in first..<min(owners.upperBound, first + CacheWarming.block) {
            let index = OwnerIndex(truncatingIfNeeded: owner)
            if cuts[index] == .occluded || cuts[index] == .outOfZone { continue }
            for place in zone.recordRange(of: index) {
                let record = zone.records[place]
                guard record.type == .nsec3, record.rdataLength > 0 else { continue }
                sum &+= zone.store.pointer(at: zone.nameOffsets[owner])[0]
                sum &+= zone.store.pointer(at: record.rdataOffset)[0]
            }
        }
        return sum
    }

    /// Gathers the chains. The first NSEC3 of the zone, `sample`, stands in for an NSEC3PARAM that is missing.
    mutating func collect(sample: Int) {
        let announced = announce(sample: sample)
        let zone = self.zone
        let cuts = self.cuts
        let limit = options.findingsPerRule
        let chunk = 16_384
        let parts = workers.map(chunks: (zone.ownerCount + chunk - 1) / chunk) { index in
            var part = Part(entries: Array(repeating: [], count: announced.count), log: FindingLog(limit: limit))
            let owners = (index * chunk)..<min((index + 1) * chunk, zone.ownerCount)
            for owner in owners {
                if owner % CacheWarming.block == 0 { part.warmed = Self.warm(owner, in: owners, zone, cuts) }
                Self.collect(OwnerIndex(truncatingIfNeeded: owner), zone, cuts, announced, into: &part)
            }
            return part
        }
        var entries = Array(repeating: [AnnouncedChain.Entry](), count: announced.count)
        for part in parts {
            log.append(part.log)
            for index in announced.indices { entries[index] += part.entries[index] }
        }
        for (parameters, found) in zip(announced, entries) {
            if found.isEmpty {
                let name = zone.apex
                log.record(
                    .error, .paramUnused, FindingSubject(owner: name, type: .nsec3param),
                    "\(name) NSEC3PARAM announces \(parameters), but no NSEC3 has these parameters")
            } else {
                chains.append(AnnouncedChain(parameters, entries: found))
            }
        }
    }

    /// The announced parameters, judged.
    mutating func announce(sample: Int?) -> [ChainParameters] {
        let announced = announcedParameters(sample: sample)
        for parameters in announced { judge(parameters) }
        return announced
    }

    /// The parameters at the apex; the most a zone is allowed to keep a validator busy with is four chains.
    private mutating func announcedParameters(sample: Int?) -> [ChainParameters] {
        let place = FindingSubject(owner: zone.apex, type: .nsec3param)
        var announced: [ChainParameters] = []
        let records = zone.rrsetRange(of: apex, type: .nsec3param)
        for index in records {
            guard let param = try? RData.NSEC3PARAM(wireFormat: zone.rdata(of: zone.records[index])) else {
                log.record(.error, .denialMalformed, place, "\(zone.apex) has an NSEC3PARAM that cannot be read")
                continue
            }
            if param.flags != 0 {
                log.record(.error, .paramFlags, place, "\(zone.apex) NSEC3PARAM has the flags \(param.flags)")
            }
            let parameters = ChainParameters(param)
            if !announced.contains(parameters), announced.count < 4 { announced.append(parameters) }
        }
        if records.isEmpty {
            log.record(.error, .paramMissing, place, "\(zone.apex) has no NSEC3PARAM, but the zone has NSEC3 records")
        }
        if announced.count > 1 {
            log.record(.warning, .paramSeveral, place, "\(zone.apex) has \(announced.count) NSEC3PARAM records")
        }
        if announced.isEmpty, let sample, let fields = NSEC3Fields(zone.rdataOctets(of: zone.records[sample])) {
            announced = [ChainParameters(fields)]
        }
        return announced
    }

    /// What is to be said about parameters in themselves.
    private mutating func judge(_ parameters: ChainParameters) {
        let place = FindingSubject(owner: zone.apex, type: .nsec3param)
        if parameters.hashAlgorithm != 1 {
            log.record(
                .error, .nsec3Hash, place, "the hash algorithm \(parameters.hashAlgorithm) of NSEC3 is not known")
        }
        if parameters.iterations > options.maximumIterations {
            log.record(
                .error, .nsec3Iterations, place,
                "NSEC3 has \(parameters.iterations) iterations; beyond \(options.maximumIterations) the zone is insecure",
                hint: "sign with 0 iterations")
        } else if parameters.iterations > 0 {
            log.record(
                .warning, .nsec3Iterations, place, "NSEC3 has \(parameters.iterations) iterations, 0 are advised",
                hint: "sign with 0 iterations")
        }
        if !parameters.salt.isEmpty {
            log.record(.note, .nsec3Salt, place, "NSEC3 has a salt of \(parameters.salt.count) octets, none is advised")
        }
    }

    /// Adds the NSEC3 records of one owner to the chains that they belong to.
    private static func collect(
        _ owner: OwnerIndex, _ zone: Zone, _ cuts: ZoneCuts, _ announced: [ChainParameters], into part: inout Part
    ) {
        if cuts[owner] == .occluded || cuts[owner] == .outOfZone { return }
        for index in zone.recordRange(of: owner) where zone.records[index].type == .nsec3 {
            var place: FindingSubject { FindingSubject(owner: zone.name(of: owner), type: .nsec3) }
            guard let fields = NSEC3Fields(zone.rdataOctets(of: zone.records[index])) else {
                part.log.add(.error, .denialMalformed, place, "the NSEC3 \(zone.name(of: owner)) cannot be read")
                continue
            }
            if fields.flags & ~1 != 0 {
                part.log.add(
                    .error, .nsec3Flags, place, "the NSEC3 \(zone.name(of: owner)) has the flags \(fields.flags)")
            }
            guard let chain = announced.firstIndex(where: { $0.areThose(of: fields) }) else {
                part.log.add(
                    .error, .nsec3Parameters, place,
                    "the NSEC3 \(zone.name(of: owner)) has parameters that are not announced: "
                        + ChainParameters(fields).description)
                continue
            }
            let name = zone.nameOctets(of: owner)
            guard let hash = NSEC3Hash(ownerLabel: name), name.count == 33 + zone.apex.wireFormat.count else {
                part.log.add(
                    .error, .nsec3Owner, place,
                    "the NSEC3 \(zone.name(of: owner)) does not stand at a hash directly below the apex")
                continue
            }
            if fields.nextHash.count != 20 {
                part.log.add(
                    .error, .denialMalformed, place,
                    "the NSEC3 \(zone.name(of: owner)) has a next hash of \(fields.nextHash.count) octets, 20 are expected"
                )
            }
            part.entries[chain].append(
                AnnouncedChain.Entry(
                    hash: hash, record: UInt32(truncatingIfNeeded: index), isOptOut: fields.isOptOut,
                    bitmap: ShortBitmap(fields.bitmap)))
        }
    }
}
