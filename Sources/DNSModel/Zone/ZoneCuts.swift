/// Which names of a zone are authoritative, where its zone cuts are, and which empty non-terminals it has.
///
/// The result of one sweep over the owners in canonical order; it holds for the zone that it was made from.
public struct ZoneCuts: Sendable {
    /// The class of each owner.
    public let classes: [OwnerClass]
    /// The empty non-terminals, in canonical order.
    public let emptyNonTerminals: [EmptyNonTerminal]
    /// The owners at or below the apex, which stand together in canonical order.
    public let ownersInZone: Range<Int>

    /// Classifies the owners of a zone.
    ///
    /// The result is the same for any number of workers.
    ///
    /// - Complexity: O(octets of all owner names), without an allocation per owner.
    public init(_ zone: Zone, workers: Workers = .single) {
        self.init(ZoneCutSweep.run(over: zone, workers: workers))
    }

    /// What a sweep has found.
    init(_ sweep: ZoneCutSweep.Outcome) {
        classes = sweep.classes
        emptyNonTerminals = sweep.emptyNonTerminals
        ownersInZone = sweep.ownersInZone
    }

    /// Cuts that the caller knows to be those of a zone.
    package init(classes: [OwnerClass], emptyNonTerminals: [EmptyNonTerminal], ownersInZone: Range<Int>) {
        self.classes = classes
        self.emptyNonTerminals = emptyNonTerminals
        self.ownersInZone = ownersInZone
    }

    /// The class of an owner.
    @inlinable
    public subscript(owner: OwnerIndex) -> OwnerClass { classes[Int(owner)] }

    /// The number of owners of each class, by raw value.
    public func count(of wanted: OwnerClass) -> Int {
        classes.reduce(into: 0) { if $1 == wanted { $0 += 1 } }
    }

    /// The empty non-terminals that come right before an owner of `owners`, in canonical order.
    ///
    /// Consecutive ranges of owners give consecutive slices, so a chain can be cut up among workers.
    ///
    /// - Complexity: O(log of the number of empty non-terminals).
    public func emptyNonTerminals(before owners: Range<Int>) -> ArraySlice<EmptyNonTerminal> {
        emptyNonTerminals[
            firstEmptyNonTerminal(from: owners.lowerBound)..<firstEmptyNonTerminal(from: owners.upperBound)]
    }

    private func firstEmptyNonTerminal(from owner: Int) -> Int {
        var low = 0
        var high = emptyNonTerminals.count
        while low < high {
            let middle = (low + high) / 2
            if Int(emptyNonTerminals[middle].position) < owner { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Zone {
    /// The name of an empty non-terminal, copied.
    public func name(of emptyNonTerminal: EmptyNonTerminal) -> DomainName {
        store.name(at: emptyNonTerminal.nameOffset)
    }

    /// Whether an owner's leftmost label is `*` (RFC 4592 §2.1.1).
    public func isWildcard(_ owner: OwnerIndex) -> Bool {
        let name = store.pointer(at: nameOffsets[Int(owner)])
        return name[0] == 1 && name[1] == UInt8(ascii: "*")
    }
}
