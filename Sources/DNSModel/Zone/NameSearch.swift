/// One name that is looked for among a zone's owners.
///
/// Where all of them are at or below the apex, as they should be, the first twelve octets of their canonical order decide
/// nearly every step.
///
/// A hot file: unchecked pointers, which hold as long as the zone and the name do.
struct NameSearch {
    private let zone: Zone
    private let wanted: UnsafeBufferPointer<UInt8>
    /// How keys are made, and the name's own; `nil` where names have no common end.
    private let key: (maker: CanonicalNameKey, wanted: UInt128)?

    /// Looks for a name in wire format, which lives longer than this.
    init(for wanted: UnsafeBufferPointer<UInt8>, in zone: Zone) {
        self.zone = zone
        self.wanted = wanted
        // Canonical order keeps what is below a name together: the first and the last owner tell of all between.
        guard let start = wanted.baseAddress, zone.ownerCount > 0, wanted.isAtOrBelow(zone.apex),
            zone.nameOctets(of: 0).isAtOrBelow(zone.apex),
            zone.nameOctets(of: OwnerIndex(zone.ownerCount - 1)).isAtOrBelow(zone.apex)
        else {
            key = nil
            return
        }
        let maker = CanonicalNameKey(below: zone.apex)
        key = (maker, maker.chunk(of: start, from: 0, room: wanted.count))
    }

    /// Whether an owner sorts before the name.
    @inline(__always)
    func isBefore(_ owner: OwnerIndex) -> Bool {
        if let key {
            let offset = zone.nameOffsets[Int(owner)]
            let found = key.maker.chunk(of: zone.store.pointer(at: offset), from: 0, room: zone.store.room(at: offset))
            if found != key.wanted { return found < key.wanted }
            if CanonicalNameKey.isComplete(found) { return false }
        }
        return CanonicalNameOrder.compare(zone.nameOctets(of: owner), wanted) < 0
    }
}
