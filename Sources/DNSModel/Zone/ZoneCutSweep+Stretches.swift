/// The owners of a zone in stretches that several threads can sweep over.
extension ZoneCutSweep {
    /// What a sweep finds.
    typealias Outcome = (classes: [OwnerClass], emptyNonTerminals: [EmptyNonTerminal], ownersInZone: Range<Int>)

    /// Looks at owners that have just been classified, while their names are in the cache. What names below them are is
    /// known too, but not what any others are.
    typealias Companion = @Sendable (_ owners: Range<Int>, _ classes: UnsafeBufferPointer<OwnerClass>) -> Void

    /// About how many owners a companion is shown at once: their names, records and RDATA fit the second cache.
    private static let companionSize = 512

    /// Sweeps over the owners of a zone, stretches of them at the same time.
    static func run(over zone: Zone, workers: Workers, companion: Companion? = nil) -> Outcome {
        let inZone = zone.ownersInZone
        var emptyNonTerminals: [EmptyNonTerminal] = []
        let classes = [OwnerClass](unsafeUninitializedCapacity: zone.ownerCount) { classes, count in
            count = zone.ownerCount
            classes.initialize(repeating: .outOfZone)
            nonisolated(unsafe) let classes = classes
            let size = max(1 << 14, inZone.count / (8 * workers.count))
            let places = places(in: zone, inZone, size: workers.count == 1 ? inZone.count : size)
            emptyNonTerminals = workers.map(chunks: places.count - 1) { index in
                let stretch = places[index]..<places[index + 1]
                var sweep = ZoneCutSweep(zone, apex: inZone.lowerBound)
                guard let companion else {
                    sweep.classify(stretch, of: zone, classes)
                    return sweep.emptyNonTerminals
                }
                let places = self.places(in: zone, stretch, size: companionSize)
                for index in places.indices.dropLast() {
                    let owners = places[index]..<places[index + 1]
                    sweep.classify(owners, of: zone, classes)
                    companion(owners, UnsafeBufferPointer(classes))
                }
                return sweep.emptyNonTerminals
            }.flatMap { $0 }
        }
        return (classes, emptyNonTerminals, inZone)
    }

    /// Where owners are cut into stretches, both ends included: before names that are right below the apex. What stands
    /// before such a name matters to nothing that follows, unless it is the apex.
    private static func places(in zone: Zone, _ owners: Range<Int>, size: Int) -> [Int] {
        let childLength = zone.apex.wireFormat.count + 1
        var places = [owners.lowerBound]
        var end = owners.lowerBound
        while end < owners.upperBound {
            end = min(end + max(1, size), owners.upperBound)
            while end < owners.upperBound {
                let name = zone.nameOctets(of: OwnerIndex(end))
                if name.count == childLength + Int(name[0]) { break }
                end += 1
            }
            places.append(end)
        }
        return places
    }
}
