import DNSModel

/// Everything that the workers of one run share and none of them changes.
struct SigningContext: @unchecked Sendable {
    // Sendable: all of it is immutable while workers run, and the views are valid until they have finished.

    /// The unsigned zone, whose first owner is the apex.
    let zone: ZoneView
    /// What stands at the apex instead of the unsigned zone's records: SOA with the new serial, DNSKEY and so on.
    let apexRecords: UnsafeBufferPointer<RecordEntry>
    /// The class of each owner.
    let classes: UnsafeBufferPointer<OwnerClass>
    /// The cuts of the unsigned zone.
    let cuts: ZoneCuts
    /// The apex in lower case, which is also the signer's name (RFC 4034 §3.1.7).
    let apex: UnsafeBufferPointer<UInt8>
    /// The class of the zone's records.
    let rrClass: UInt16
    /// Who signs what.
    let keys: KeyPlan
    /// The times of signatures.
    let window: SignatureWindow
    /// The TTL of NSEC and NSEC3 records.
    let denialTTL: TTL
    /// The longest TTL of any signed RRset.
    let maximumTTL: TTL
    /// The NSEC3 chain, or `nil` for NSEC.
    let chain: ChainView?
    /// The zone whose signatures may be kept.
    var previous: ZoneView?
    /// For each key, whether the previous zone's signatures with it may be kept.
    let canKeep: [Bool]
    /// Whether those signatures need no verification.
    let previousIsTrusted: Bool
    /// Whether the NSEC records are those of ``previous``: of a zone in which no name and no type has come or gone.
    var keepsDenial = false
    /// Whether the SOA record is what will be published: if not, it is signed last (see ``ApexFinish``).
    let isVersionKnown: Bool

    /// The NSEC3 chain as unchecked buffers, and the octets that every NSEC3 record's RDATA begins with.
    struct ChainView {
        let names: UnsafeBufferPointer<HashedName>
        let positions: UnsafeBufferPointer<UInt32>
        /// Hash algorithm, flags, iterations, salt and the length of a hash (RFC 5155 §3.2).
        let rdataPrefix: UnsafeBufferPointer<UInt8>
    }

    /// The records at an owner of the unsigned zone, or at the apex of the signed one.
    @inline(__always)
    func records(of owner: Int) -> UnsafeBufferPointer<RecordEntry> {
        owner == 0 ? apexRecords : zone.records(of: owner)
    }

    /// Reads ahead what the NSEC3 records of a stretch of the chain are made of: in order of hash, owners stand anywhere.
    ///
    /// See ``CacheWarming``; all reads of a step are independent of each other.
    func warm(_ places: Range<Int>, sink: inout UInt8) {
        guard let chain else { return }
        var sum: UInt32 = 0
        for place in places {
            let owner = chain.names[place].owner
            guard owner != HashedName.emptyNonTerminal else { continue }
            sum &+= UInt32(classes[Int(owner)].rawValue) &+ zone.firstRecord[Int(owner)]
        }
        for place in places {
            let owner = chain.names[place].owner
            guard owner != HashedName.emptyNonTerminal else { continue }
            let first = Int(zone.firstRecord[Int(owner)])
            if first < zone.records.count { sum &+= UInt32(zone.records[first].type.rawValue) }
        }
        sink = UInt8(truncatingIfNeeded: sum)
    }

    /// The keys that sign an RRset of the apex, as indices of ``KeyPlan/active``; elsewhere it is ``KeyPlan/zoneSigners``.
    @inline(__always)
    func signers(ofApex type: RRType) -> [Int] {
        if type == .dnskey { return keys.dnskeySigners }
        if type == .cds || type == .cdnskey { return keys.parentSignalSigners }
        return keys.zoneSigners
    }

    /// Whether an RRset at an owner of this class is signed (RFC 4035 §2.2): not "NS RRset at a delegation point", nor
    /// what is below it; there "only the DS RRset is signed".
    @inline(__always)
    static func isSigned(_ type: RRType, at kind: OwnerClass) -> Bool {
        switch kind {
        case .authoritative: true
        case .secureDelegation: type == .ds
        case .insecureDelegation, .occluded, .hashedOwner, .outOfZone: false
        }
    }
}
