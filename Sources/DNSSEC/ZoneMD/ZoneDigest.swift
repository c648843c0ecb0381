public import DNSModel
import OpenSSLBridge

/// The digest over all of a zone that ZONEMD publishes (RFC 8976), by scheme SIMPLE.
public enum ZoneDigest {
    /// Scheme SIMPLE (RFC 8976 §3.3).
    public static let simpleScheme: UInt8 = 1

    /// A hash algorithm of ZONEMD (RFC 8976 §5.3).
    public enum Algorithm: UInt8, Sendable, Hashable, CaseIterable {
        /// SHA-384, which every implementation has.
        case sha384 = 1
        /// SHA-512.
        case sha512 = 2

        /// The digest's length in octets.
        public var digestLength: Int { self == .sha384 ? 48 : 64 }

        var digest: DigestAlgorithm { self == .sha384 ? .sha384 : .sha512 }
    }

    /// The digests over a zone, one for each algorithm.
    ///
    /// All records count, glue and occluded ones too, except the apex ZONEMD RRset and its signatures, and records out of
    /// the zone (RFC 8976 §3.3.1).
    ///
    /// - Complexity: O(octets of the zone) for each algorithm; each algorithm is one worker's work.
    public static func compute(
        _ zone: Zone, algorithms: [Algorithm], workers: Workers = .single
    ) -> [[UInt8]] {
        let inZone = zone.ownersInZone
        return workers.map(chunks: algorithms.count) { index in
            zone.withView { view in
                var hashing = ZoneHashing(algorithms[index].digest, rrClass: zone.rrClass.rawValue)
                for owner in inZone {
                    hashing.add(
                        view.records(of: owner), named: view.nameOctets(of: owner), isApex: owner == inZone.lowerBound,
                        in: view.store)
                }
                return hashing.finish()
            }
        }
    }
}

/// Feeds a zone's records to a digest in canonical form.
///
/// A hot file: records are put together in one buffer through unchecked pointers; names and RDATA are of bounded size.
private struct ZoneHashing: ~Copyable {
    private var context: DigestContext
    private let rrClass: UInt16
    private let buffer: UnsafeMutableRawPointer
    private var used = 0

    private static let capacity = 1 << 18
    /// The longest record: owner, fixed fields, RDATA.
    private static let maximumRecord = 255 + 10 + 65_535

    init(_ algorithm: DigestAlgorithm, rrClass: UInt16) {
        context = DigestContext(algorithm)
        self.rrClass = rrClass
        buffer = .allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// Adds an owner's records: "owner | type | class | TTL | RDATA length | RDATA" each (RFC 8976 §3.3.1).
    mutating func add(
        _ records: UnsafeBufferPointer<RecordEntry>, named name: UnsafeBufferPointer<UInt8>, isApex: Bool,
        in store: WireStore
    ) {
        for record in records {
            let rdata = store.octets(at: record.rdataOffset, count: record.rdataLength)
            if isApex, Self.isExcluded(record.type, rdata) { continue }
            if used &+ Self.maximumRecord > Self.capacity { flush() }
            var place = buffer + used
            for index in 0..<name.count {
                place.storeBytes(of: asciiLowercased(name[index]), toByteOffset: index, as: UInt8.self)
            }
            place += name.count
            place.storeBytes(of: record.type.rawValue.bigEndian, as: UInt16.self)
            place.storeBytes(of: rrClass.bigEndian, toByteOffset: 2, as: UInt16.self)
            place.storeBytes(of: record.ttl.rawValue.bigEndian, toByteOffset: 4, as: UInt32.self)
            place.storeBytes(of: UInt16(truncatingIfNeeded: rdata.count).bigEndian, toByteOffset: 8, as: UInt16.self)
            place += 10
            if record.lowercases {
                CanonicalRData.lowercasingNames(Array(rdata), type: record.type).withUnsafeBytes {
                    if let start = $0.baseAddress {
                        place.copyMemory(from: start, byteCount: min($0.count, rdata.count))
                    }
                }
            } else if let start = rdata.baseAddress {
                place.copyMemory(from: start, byteCount: rdata.count)
            }
            used &+= name.count &+ 10 &+ rdata.count
        }
    }

    /// The digest of all that was added.
    mutating func finish() -> [UInt8] {
        flush()
        return context.finish()
    }

    private mutating func flush() {
        context.update(UnsafeRawBufferPointer(start: buffer, count: used))
        used = 0
    }

    /// The apex ZONEMD RRset, and the signatures that cover it.
    private static func isExcluded(_ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>) -> Bool {
        if type == .zonemd { return true }
        return type == .rrsig && rdata.count > 1
            && UInt16(rdata[0]) << 8 | UInt16(rdata[1]) == RRType.zonemd.rawValue
    }
}
