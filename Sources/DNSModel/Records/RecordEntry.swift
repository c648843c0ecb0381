/// One record of a ``Zone``: sixteen octets that point into the zone's names and wire store.
@frozen
public struct RecordEntry: Sendable, Hashable {
    /// The owner, as the index of its name in the zone; in a built zone, the order of indices is canonical order.
    public var owner: OwnerIndex
    private var ttlAndCase: UInt32
    /// Where the RDATA begins in the zone's wire store.
    package var rdataOffset: UInt32
    /// The type.
    public var type: RRType
    private var rdataLength16: UInt16

    /// Makes an entry.
    ///
    /// - Parameter lowercases: Whether the RDATA holds names with upper-case letters that canonical form lower-cases.
    @inline(__always)
    package init(
        owner: OwnerIndex, type: RRType, ttl: TTL, rdataOffset: UInt32, rdataLength: Int, lowercases: Bool
    ) {
        self.owner = owner
        self.ttlAndCase = ttl.rawValue | (lowercases ? 0x8000_0000 : 0)
        self.rdataOffset = rdataOffset
        self.type = type
        self.rdataLength16 = UInt16(truncatingIfNeeded: rdataLength)
    }

    /// The time to live, as written in the zone.
    @inline(__always)
    public var ttl: TTL {
        get { TTL(ttlAndCase & 0x7FFF_FFFF) }
        set { ttlAndCase = ttlAndCase & 0x8000_0000 | newValue.rawValue }
    }
    /// The length of the RDATA in octets.
    @inline(__always)
    public var rdataLength: Int { Int(rdataLength16) }
    /// Whether the RDATA differs from its canonical form (RFC 4034 §6.2): it has names with upper-case letters.
    @inline(__always)
    public var lowercases: Bool { ttlAndCase & 0x8000_0000 != 0 }
}

/// The index of an owner name in a ``Zone``. In a built zone, a smaller index sorts first in canonical order.
public typealias OwnerIndex = UInt32

/// Records on their way into a zone: each names its owner by index into ``names``.
///
/// Batches are what readers and generators produce; ``Zone/init(apex:batches:store:workers:)`` sorts and joins them.
package struct RecordBatch: Sendable {
    /// Where each owner name stands in the store. The same name may stand here more than once.
    package var names: [UInt32] = []
    /// The records; `owner` is an index into ``names``.
    package var records: [RecordEntry] = []

    package init() {}
}
