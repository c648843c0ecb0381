/// Putting in order what a group, or several that belong together, has.
///
/// A hot file: see ``OwnerNameSort``.
extension NameGroups {
    /// Writes a group whose names are in order, but for its head that comes again, with all of the head first.
    func gatherHead(_ range: Range<Int>) {
        let first = order[range.lowerBound]
        let names = first &+ 1..<first &+ UInt32(truncatingIfNeeded: range.count)
        var place = range.lowerBound &+ 1
        for name in names where places[Int(name)] == .repeated {
            order[place] = name | OwnerNameSort.equalsPrevious
            place &+= 1
        }
        for name in names where places[Int(name)] != .repeated {
            order[place] = name
            place &+= 1
        }
    }

    /// Sorts the names that stand in some parts of the order.
    func sortClusters(_ clusters: [Range<Int>]) {
        let chunk = 1 << 10
        workers.forEach(chunks: (clusters.count + chunk - 1) / chunk) { number in
            for cluster in clusters[number * chunk..<min(clusters.count, (number + 1) * chunk)]
            where cluster.count <= Self.few { sortFew(cluster) }
        }
        for cluster in clusters where cluster.count > Self.few {
            let part = UnsafeBufferPointer(start: order + cluster.lowerBound, count: cluster.count)
            let members = part.map { $0 & ~OwnerNameSort.equalsPrevious }
            BucketSort(
                store: store, workers: workers, keys: CanonicalNameKey(below: apex), names: names,
                order: order + cluster.lowerBound
            ).sort(members.sorted(), count: members.count)
        }
    }

    /// Sorts a few names by insertion; those that are equal, by index.
    func sortFew(_ range: Range<Int>) {
        for index in range { order[index] &= ~OwnerNameSort.equalsPrevious }
        var index = range.lowerBound &+ 1
        while index < range.upperBound {
            let name = order[index]
            var place = index
            while place > range.lowerBound {
                let comparison = compare(order[place &- 1], name)
                if comparison < 0 || comparison == 0 && order[place &- 1] < name { break }
                order[place] = order[place &- 1]
                place &-= 1
            }
            order[place] = name
            index &+= 1
        }
        for index in (range.lowerBound &+ 1..<range.upperBound).reversed()
        where compare(order[index &- 1], order[index]) == 0 { order[index] |= OwnerNameSort.equalsPrevious }
    }

    private func compare(_ left: UInt32, _ right: UInt32) -> Int {
        CanonicalNameOrder.compare(
            store.nameOctets(at: names[Int(left)]), store.nameOctets(at: names[Int(right)]))
    }
}
