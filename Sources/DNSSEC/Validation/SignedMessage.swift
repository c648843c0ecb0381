import DNSModel

/// The octets that a signature is made over (RFC 4034 §3.1.8.1): the RRSIG's RDATA without the signature, then each
/// record of the RRset in canonical form and order.
///
/// A hot file: one buffer, written through unchecked pointers, serves all RRsets of a worker.
struct SignedMessage: ~Copyable {
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var headLength = 0
    private var length = 0
    /// The original TTL that the records were last written with.
    private var bodyTTL: UInt32 = 0

    init() {
        capacity = 16_384
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// The message that stands in the buffer, valid until it is written again.
    var octets: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer, count: length) }

    /// Makes the next ``write(_:records:_:_:)`` write the records anew.
    mutating func startRRset() { headLength = 0 }

    /// Writes the message for one signature over an RRset.
    ///
    /// Further signatures over the same RRset, with the same original TTL, only change the head.
    ///
    /// - Precondition: `fields` has the zone's own name as signer.
    mutating func write(_ fields: SignatureFields, records: Range<Int>, _ zone: ZoneView, _ rrClass: RRClass) {
        let head = fields.head
        let ttl = fields.originalTTL
        if headLength != head.count || bodyTTL != ttl {
            headLength = head.count
            bodyTTL = ttl
            length = headLength
            makeRoom(0)
            for index in records { appendRecord(zone.records[index], ttl: ttl, zone, rrClass) }
        }
        // Canonical form lower-cases the signer's name (RFC 6840 §5.1).
        for index in 0..<SignatureFields.fixedLength { buffer[index] = head[index] }
        for index in SignatureFields.fixedLength..<head.count { buffer[index] = asciiLowercased(head[index]) }
    }

    private mutating func appendRecord(_ record: RecordEntry, ttl: UInt32, _ zone: ZoneView, _ rrClass: RRClass) {
        let owner = zone.nameOctets(of: record.owner)
        let rdata = zone.rdataOctets(of: record)
        makeRoom(owner.count &+ 10 &+ rdata.count)
        var place = buffer + length
        for index in 0..<owner.count { place[index] = asciiLowercased(owner[index]) }
        place += owner.count
        Self.put(record.type.rawValue, at: place)
        Self.put(rrClass.rawValue, at: place + 2)
        Self.put(UInt16(truncatingIfNeeded: ttl >> 16), at: place + 4)
        Self.put(UInt16(truncatingIfNeeded: ttl), at: place + 6)
        Self.put(UInt16(truncatingIfNeeded: rdata.count), at: place + 8)
        place += 10
        if record.lowercases {
            let canonical = CanonicalRData.lowercasingNames(Array(rdata), type: record.type)
            for index in 0..<min(canonical.count, rdata.count) { place[index] = canonical[index] }
        } else if let start = rdata.baseAddress {
            place.update(from: start, count: rdata.count)
        }
        length = length &+ owner.count &+ 10 &+ rdata.count
    }

    private static func put(_ value: UInt16, at place: UnsafeMutablePointer<UInt8>) {
        place[0] = UInt8(truncatingIfNeeded: value >> 8)
        place[1] = UInt8(truncatingIfNeeded: value)
    }

    private mutating func makeRoom(_ count: Int) {
        let wanted = length + count
        if wanted <= capacity { return }
        capacity = wanted * 2
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: buffer, count: min(length, wanted))
        buffer.deallocate()
        buffer = larger
    }
}
