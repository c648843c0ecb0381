import DNSModel

/// The tables of the signed zone while workers fill them, each in places of its own.
struct SigningOutput: @unchecked Sendable {
    // Sendable: SigningLayout gives each chunk a range that no other one touches.
    let names: UnsafeMutablePointer<UInt32>
    let classes: UnsafeMutablePointer<OwnerClass>
    let firstRecord: UnsafeMutablePointer<UInt32>
    let records: UnsafeMutablePointer<RecordEntry>
}

/// Walking a chunk: owners and hashed owner names in canonical order, each with its records, signatures and denial.
///
/// A hot file, as ``SigningWorker`` is.
extension SigningWorker {
    /// Where the next name and the next record go.
    struct Place {
        var name: Int
        var record: Int
    }

    /// For how many hashed names is read ahead at once: few enough that the cache still has them when their turn comes.
    private static let hashesAhead = 16

    /// Signs a chunk and writes it to its place; returns where that ends.
    @discardableResult
    func run(_ chunk: SigningLayout.Chunk, into output: SigningOutput) throws(SigningFault) -> Place {
        var place = Place(name: chunk.firstName, record: chunk.firstRecord)
        var owner = chunk.owners.lowerBound
        var hashed = chunk.hashedNames.lowerBound
        previousCursor = -1
        var warmedHashes = hashed
        // What was read ahead, which nobody needs.
        var sink = warmed
        defer { warmed = sink }
        while true {
            var isHashed = false
            if let chain = context.chain, hashed < chunk.hashedNames.upperBound {
                if hashed == warmedHashes {
                    warmedHashes = min(hashed &+ Self.hashesAhead, chunk.hashedNames.upperBound)
                    context.warm(hashed..<warmedHashes, sink: &sink)
                }
                let position = chain.positions[hashed]
                isHashed =
                    owner >= chunk.owners.upperBound || Int(position & ~NSEC3Chain.joinedBit) <= owner
                if isHashed, position & NSEC3Chain.joinedBit == 0 {
                    try emitHashedOwner(hashed, of: chain, &place, output)
                    hashed &+= 1
                    continue
                }
            }
            guard owner < chunk.owners.upperBound else { break }
            context.zone.warm(owner, isFirst: owner == chunk.owners.lowerBound, sink: &sink)
            try emitOwner(owner, hashed: isHashed ? hashed : nil, &place, output)
            owner &+= 1
            if isHashed { hashed &+= 1 }
        }
        try signWhatIsLeft()
        return place
    }

    // MARK: Owners of the unsigned zone

    private func emitOwner(
        _ owner: Int, hashed: Int?, _ place: inout Place, _ output: SigningOutput
    ) throws(SigningFault) {
        let kind = context.classes[owner]
        let own = context.records(of: owner)
        let index = OwnerIndex(truncatingIfNeeded: place.name)
        let out = output.records + place.record
        output.names[place.name] = context.zone.names[owner]
        output.classes[place.name] = kind
        output.firstRecord[place.name] = UInt32(truncatingIfNeeded: place.record)
        place.name &+= 1
        copy(own, of: owner, kind, to: out, as: index)
        let hasNSEC = context.chain == nil && kind.isInDenialChain
        guard hasNSEC || hashed != nil || kind == .authoritative || kind == .secureDelegation else {
            place.record &+= own.count
            return
        }
        signatures.removeAll(keepingCapacity: true)
        setOwner(context.zone.nameOctets(of: owner))
        seekPrevious(isFirst: previousCursor < 0)
        var denial: RecordEntry?
        if hasNSEC { denial = try context.keepsDenial ? keepNSEC(index) : makeNSEC(owner, kind, own, index) }
        if let hashed, let chain = context.chain { denial = try makeNSEC3(hashed, of: chain, index) }
        try signAll(UnsafeBufferPointer(start: out, count: own.count), kind, isApex: owner == 0, denial)
        place.record &+= arrange(out, own.count, denial)
    }

    /// Copies an owner's records to their place, each RRset with its lowest TTL (RFC 2181 §5.2).
    @inline(__always)
    func copy(
        _ own: UnsafeBufferPointer<RecordEntry>, of owner: Int, _ kind: OwnerClass,
        to out: UnsafeMutablePointer<RecordEntry>, as index: OwnerIndex
    ) {
        var start = 0
        while start < own.count {
            let type = own[start].type
            var lowest = own[start].ttl
            var differs = false
            var end = start &+ 1
            while end < own.count, own[end].type == type {
                if own[end].ttl != lowest {
                    differs = true
                    lowest = min(lowest, own[end].ttl)
                }
                end &+= 1
            }
            if differs {
                tally.differingTTLs.append(.init(owner: OwnerIndex(owner), type: type, lowest: lowest))
            }
            if kind != .occluded { lowest = min(lowest, context.maximumTTL) }
            while start < end {
                var record = own[start]
                record.owner = index
                record.ttl = lowest
                (out + start).initialize(to: record)
                start &+= 1
            }
        }
    }

    /// Signs what is to be signed of the owner at hand, in ascending order of type.
    private func signAll(
        _ own: UnsafeBufferPointer<RecordEntry>, _ kind: OwnerClass, isApex: Bool, _ denial: RecordEntry?
    ) throws(SigningFault) {
        var pending = denial
        var start = 0
        while start < own.count {
            let type = own[start].type
            var end = start &+ 1
            while end < own.count, own[end].type == type { end &+= 1 }
            if let record = pending, record.type < type {
                try signDenial(record)
                pending = nil
            }
            if SigningContext.isSigned(type, at: kind) {
                let keys = isApex ? context.signers(ofApex: type) : zoneSigners
                if isApex, !context.isVersionKnown, type == .soa || type == .zonemd {
                    // Both depend on what becomes of the rest: see ApexFinish.
                    for key in keys {
                        try placeholder(owner: own[start].owner, type: type, ttl: own[start].ttl, key: key)
                    }
                } else {
                    try sign(
                        owner: own[start].owner, ttl: own[start].ttl,
                        rrset: UnsafeBufferPointer(rebasing: own[start..<end]), keys: keys)
                }
            }
            start = end
        }
        if let record = pending { try signDenial(record) }
    }

    private func signDenial(_ record: RecordEntry) throws(SigningFault) {
        tally.denialRecords &+= 1
        denialSlot.initialize(to: record)
        try sign(
            owner: record.owner, ttl: record.ttl, rrset: UnsafeBufferPointer(start: denialSlot, count: 1),
            keys: zoneSigners)
    }

    /// Puts signatures and denial between an owner's records, by type; returns how many records there are then.
    private func arrange(
        _ out: UnsafeMutablePointer<RecordEntry>, _ count: Int, _ denial: RecordEntry?
    ) -> Int {
        var source = count
        var target = count &+ signatures.count &+ (denial == nil ? 0 : 1)
        let total = target
        var pending = denial
        while source > 0, out[source &- 1].type > .rrsig {
            if let record = pending, record.type > out[source &- 1].type {
                target &-= 1
                (out + target).initialize(to: record)
                pending = nil
                continue
            }
            target &-= 1
            source &-= 1
            (out + target).initialize(to: out[source])
        }
        if let record = pending {
            target &-= 1
            (out + target).initialize(to: record)
        }
        for (index, signature) in signatures.enumerated() { (out + (source &+ index)).initialize(to: signature) }
        return total
    }

    // MARK: Denial

    /// The NSEC record of the owner at hand (RFC 4034 §4).
    func makeNSEC(
        _ owner: Int, _ kind: OwnerClass, _ own: UnsafeBufferPointer<RecordEntry>, _ index: OwnerIndex
    ) throws(SigningFault) -> RecordEntry {
        var next = owner &+ 1
        while next < context.zone.ownerCount, !context.classes[next].isInDenialChain { next &+= 1 }
        // "The value of the Next Domain Name field in the last NSEC record in the zone is the name of the zone apex".
        let name = context.zone.nameOctets(of: next < context.zone.ownerCount ? next : 0)
        bitmap.removeAll()
        collectTypes(own, kind)
        bitmap.insert(.rrsig)
        bitmap.insert(.nsec)
        let room = try reserve(name.count &+ TypeBitmapBuilder.maximumLength)
        // In lower case, so that validators that lower-case it and those that do not agree (RFC 6840 §5.1).
        for index in 0..<name.count { room[index] = asciiLowercased(name[index]) }
        let length = name.count &+ bitmap.write(to: room + name.count)
        return RecordEntry(
            owner: index, type: .nsec, ttl: context.denialTTL, rdataOffset: writer.commit(length), rdataLength: length,
            lowercases: false)
    }

    /// The NSEC record that the owner at hand had before.
    private func keepNSEC(_ index: OwnerIndex) throws(SigningFault) -> RecordEntry? {
        guard let previous = context.previous, let previousOwner,
            let record = previous.records(of: previousOwner).first(where: { $0.type == .nsec })
        else { return nil }
        let rdata = previous.store.octets(at: record.rdataOffset, count: record.rdataLength)
        return RecordEntry(
            owner: index, type: .nsec, ttl: context.denialTTL, rdataOffset: try append(rdata),
            rdataLength: record.rdataLength, lowercases: false)
    }

    /// "the bit corresponding to the NS RRset and any RRsets for which the parent zone has authoritative data MUST be
    /// set; bits corresponding to any non-NS RRset for which the parent is not authoritative MUST be clear"
    /// (RFC 4035 §2.3).
    @inline(__always)
    private func collectTypes(_ own: UnsafeBufferPointer<RecordEntry>, _ kind: OwnerClass) {
        for record in own where !kind.isDelegationPoint || record.type == .ns || record.type == .ds {
            bitmap.insert(record.type)
        }
    }

    /// The NSEC3 record of one name of the chain (RFC 5155 §3.2).
    func makeNSEC3(
        _ place: Int, of chain: SigningContext.ChainView, _ index: OwnerIndex
    ) throws(SigningFault) -> RecordEntry {
        let owner = chain.names[place].owner
        bitmap.removeAll()
        if owner != HashedName.emptyNonTerminal {
            let kind = context.classes[Int(owner)]
            collectTypes(context.records(of: Int(owner)), kind)
            // At an insecure delegation nothing is signed: its NSEC3 record is elsewhere.
            if kind != .insecureDelegation { bitmap.insert(.rrsig) }
        }
        let next = chain.names[place &+ 1 == chain.names.count ? 0 : place &+ 1]
        let prefix = chain.rdataPrefix.count
        let room = try reserve(prefix &+ NSEC3Hasher.hashLength &+ TypeBitmapBuilder.maximumLength)
        for index in 0..<prefix { room[index] = chain.rdataPrefix[index] }
        next.write(to: room + prefix)
        let start = prefix &+ NSEC3Hasher.hashLength
        let length = start &+ bitmap.write(to: room + start)
        return RecordEntry(
            owner: index, type: .nsec3, ttl: context.denialTTL, rdataOffset: writer.commit(length),
            rdataLength: length, lowercases: false)
    }

    /// Makes a hashed owner name the owner at hand.
    @inline(__always)
    func setHashedOwner(_ hashed: Int, of chain: SigningContext.ChainView) {
        owner[0] = 32
        chain.names[hashed].writeBase32Hex(to: owner + 1)
        if let start = context.apex.baseAddress { (owner + 33).update(from: start, count: context.apex.count) }
        ownerLength = 33 &+ context.apex.count
        countLabels()
    }

    /// A hashed owner name, which owns an NSEC3 record and its signatures.
    private func emitHashedOwner(
        _ hashed: Int, of chain: SigningContext.ChainView, _ place: inout Place, _ output: SigningOutput
    ) throws(SigningFault) {
        let apex = context.zone.nameOctets(of: 0)
        setHashedOwner(hashed, of: chain)
        let room = try reserve(33 &+ apex.count)
        room.update(from: owner, count: 33)
        if let start = apex.baseAddress { (room + 33).update(from: start, count: apex.count) }
        let index = OwnerIndex(truncatingIfNeeded: place.name)
        output.names[place.name] = writer.commit(33 &+ apex.count)
        output.classes[place.name] = .hashedOwner
        output.firstRecord[place.name] = UInt32(truncatingIfNeeded: place.record)
        place.name &+= 1
        signatures.removeAll(keepingCapacity: true)
        seekPrevious(isFirst: previousCursor < 0)
        let record = try makeNSEC3(hashed, of: chain, index)
        try signDenial(record)
        for signature in signatures {
            (output.records + place.record).initialize(to: signature)
            place.record &+= 1
        }
        (output.records + place.record).initialize(to: record)
        place.record &+= 1
    }
}
