import DNSModel

/// The RRsets that a part of the source tells otherwise than the published text does.
///
/// The part has whole RRsets of names that were published, with as many records as they had. Only what can be told without the
/// rest of the zone is told: all else is for who has the whole zone.
struct ChangedRRsets {
    /// A name with changed RRsets, none of which is at the apex.
    struct Name: Sendable {
        /// The owner in the part of the source.
        var owner: OwnerIndex
        /// What was published under the name.
        var published: Range<Int>
        /// The changed RRsets, as ranges of records.
        var rrsets: [Range<Int>]
    }

    /// The names, in canonical order.
    private(set) var names: [Name] = []

    /// Compares a part of the source with the published text.
    ///
    /// - Returns: `nil` when a name was not published, or written otherwise, or anything is there that the whole zone is needed
    ///   for.
    init?(_ part: Zone, _ published: PublishedText, maximumTTL: TTL, workers: Workers) {
        guard part.ownersInZone == 0..<part.ownerCount, part.owner(named: part.apex) == 0,
            let start = published.endOfApex(part.apex)
        else { return nil }
        let size = 256
        let found = workers.map(chunks: (part.ownerCount + size - 1) / size) { chunk -> [Name]? in
            var comparison = OwnerComparison(part, published, maximumTTL)
            var names: [Name] = []
            var cursor = start
            for owner in max(1, chunk * size)..<max(1, min((chunk + 1) * size, part.ownerCount)) {
                guard let name = comparison.compare(OwnerIndex(owner), &cursor) else { return nil }
                if !name.rrsets.isEmpty { names.append(name) }
            }
            return names
        }
        for chunk in found {
            guard let chunk else { return nil }
            names += chunk
        }
    }
}

/// Compares the RRsets of one owner after the other with their lines.
private struct OwnerComparison: ~Copyable {
    private let part: Zone
    private let published: PublishedText
    private let maximumTTL: TTL
    private let line: RecordText
    private var heads = RecordHeads()
    private var expected = TextBuffer()

    init(_ part: Zone, _ published: PublishedText, _ maximumTTL: TTL) {
        self.part = part
        self.published = published
        self.maximumTTL = maximumTTL
        line = RecordText(part.rrClass, .presentation)
    }

    /// The changed RRsets of an owner, whose lines do not begin before `cursor`; `nil` when it has none, or not as it is
    /// written.
    mutating func compare(_ owner: OwnerIndex, _ cursor: inout Int) -> ChangedRRsets.Name? {
        let name = part.nameOctets(of: owner)
        expected.removeAll()
        RecordText.appendOwner(name, to: &expected)
        if !published.begins(with: expected.octets, at: cursor) {
            cursor = published.firstLine(notBefore: name, from: cursor)
            guard published.begins(with: expected.octets, at: cursor) else { return nil }
        }
        let owned = cursor..<published.endOfOwner(at: cursor)
        cursor = owned.upperBound
        let ownerLength = expected.count
        var changed: [Range<Int>] = []
        for rrset in part.rrsetRanges(of: owner) {
            guard isOrdinary(rrset) else { return nil }
            if !isPublished(rrset, ownerLength, in: owned) { changed.append(rrset) }
        }
        return ChangedRRsets.Name(owner: owner, published: owned, rrsets: changed)
    }

    /// Whether nothing is to be said about an RRset's type and TTLs, and it is not made by signing.
    private func isOrdinary(_ rrset: Range<Int>) -> Bool {
        let first = part.records[rrset.lowerBound]
        return !SigningSource.isStale(first.type) && first.ttl.rawValue > 0 && first.ttl <= maximumTTL
            && rrset.allSatisfy { part.records[$0].ttl == first.ttl }
    }

    /// Whether the lines of an RRset are among those of its owner, and no others of its type are.
    private mutating func isPublished(_ rrset: Range<Int>, _ ownerLength: Int, in owned: Range<Int>) -> Bool {
        appendHead(of: rrset, ownerLength)
        var place = owned.lowerBound
        while place < owned.upperBound, !published.begins(with: expected.octets, at: place) {
            place = published.nextLine(from: place)
        }
        guard place < owned.upperBound else { return false }
        for index in rrset {
            expected.truncate(to: ownerLength)
            line.append(
                part.records[index], part.rdataOctets(of: part.records[index]), repeating: &heads, to: &expected)
            guard published.begins(with: expected.octets, at: place) else { return false }
            place += expected.count
        }
        appendHead(of: rrset, ownerLength)
        return !published.begins(with: expected.octets, at: place)
    }

    /// Makes owner, TTL, class and type what is expected.
    private mutating func appendHead(of rrset: Range<Int>, _ ownerLength: Int) {
        let first = part.records[rrset.lowerBound]
        expected.truncate(to: ownerLength)
        line.appendHead(first.ttl, first.type, repeating: &heads, to: &expected)
    }
}
