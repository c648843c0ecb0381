import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// A zone cut into pieces, as a signer would make them.
private struct Pieces {
    let zone: Zone
    let cuts: ZoneCuts
    /// How many owners a piece has; the apex is one of its own.
    let size: Int

    init(_ zone: Zone, size: Int) {
        self.zone = zone
        cuts = ZoneCuts(zone)
        self.size = size
    }

    /// The owners of each piece.
    private var ranges: [Range<Int>] {
        [0..<1] + stride(from: 1, to: zone.ownerCount, by: size).map { $0..<min($0 + size, zone.ownerCount) }
    }

    /// What some owners have, with owners and records counted from the first of them.
    private func piece(_ owners: Range<Int>) -> Zone {
        let first = zone.recordRange(of: OwnerIndex(owners.lowerBound)).lowerBound
        let end = zone.recordRange(of: OwnerIndex(owners.upperBound - 1)).upperBound
        return Zone(
            uncheckedApex: zone.apex, rrClass: zone.rrClass, store: zone.store,
            nameOffsets: Array(zone.nameOffsets[owners]),
            records: zone.records[first..<end].map { record in
                RecordEntry(
                    owner: record.owner - OwnerIndex(owners.lowerBound), type: record.type, ttl: record.ttl,
                    rdataOffset: record.rdataOffset, rdataLength: record.rdataLength, lowercases: record.lowercases)
            },
            firstRecord: zone.firstRecord[owners.lowerBound...owners.upperBound].map { $0 - UInt32(first) })
    }

    /// The number of verified signatures, or `nil` when something is wrong.
    func verified(isOptOut: Bool, anchors: [TrustAnchor], options: ValidationOptions = .standard) -> Int? {
        let signedApex = piece(0..<1)
        let apex = signedApex.removing { [.rrsig, .nsec, .nsec3].contains($0.type) }
        let ranges = ranges
        let validation = PieceValidation(
            apex: apex, isOptOut: isOptOut, pieces: ranges.count, at: SignedFixture.now, options: options)
        guard let validation else { return nil }
        // In any order.
        for number in ranges.indices.reversed() {
            let owners = ranges[number]
            Array(cuts.classes[owners]).withUnsafeBufferPointer { classes in
                piece(owners).withView { view in
                    validation.check(
                        number, view, classes, cuts.emptyNonTerminals(before: owners),
                        recordsBefore: zone.recordRange(of: OwnerIndex(owners.lowerBound)).lowerBound)
                }
            }
        }
        return validation.finish(apex: signedApex, anchors: anchors, workers: Workers(2))
    }
}

@Suite("A zone that is validated in pieces")
struct PieceValidationTests {
    private static let denials: [SignedFixture.Denial] = [
        .nsec, .nsec3(optOut: false, iterations: 0, salt: []), .nsec3(optOut: true, iterations: 3, salt: [7]),
    ]

    private func isOptOut(_ denial: SignedFixture.Denial) -> Bool {
        if case .nsec3(let optOut, _, _) = denial { optOut } else { false }
    }

    @Test("is sound where the whole is", arguments: denials, [1, 2, 7, 1000])
    func sound(denial: SignedFixture.Denial, size: Int) {
        let fixture = SignedFixture(denial)
        let report = fixture.validate()
        #expect(report.isValid)
        let pieces = Pieces(fixture.zone, size: size)
        #expect(
            pieces.verified(isOptOut: isOptOut(denial), anchors: [fixture.anchor])
                == report.statistics.verifiedSignatures)
    }

    @Test("chooses the signatures of its sample as the whole does", arguments: denials)
    func sample(denial: SignedFixture.Denial) {
        let fixture = SignedFixture(denial)
        let options = ValidationOptions.quick(interval: 3, seed: 42)
        let report = fixture.validate(options: options)
        #expect(report.statistics.verifiedSignatures < report.statistics.signatures)
        for size in [1, 5] {
            let pieces = Pieces(fixture.zone, size: size)
            #expect(
                pieces.verified(isOptOut: isOptOut(denial), anchors: [fixture.anchor], options: options)
                    == report.statistics.verifiedSignatures)
        }
    }

    /// Damages that are errors, of zones as a signer could make them: with an apex, and nothing before it.
    private static let refused = Damage.all.filter { damage in
        var fixture = SignedFixture(damage.denial)
        damage.edit(&fixture)
        return fixture.zone.owner(named: SignedFixture.apex) == 0 && !fixture.validate().isValid
    }

    @Test("is not sound where the whole is not", arguments: refused, [1, 3])
    func damaged(damage: Damage, size: Int) {
        var fixture = SignedFixture(damage.denial)
        damage.edit(&fixture)
        let pieces = Pieces(fixture.zone, size: size)
        #expect(pieces.verified(isOptOut: isOptOut(damage.denial), anchors: [fixture.anchor]) == nil)
    }

    @Test("is tried with most damages")
    func amount() { #expect(Self.refused.count > Damage.all.count / 2, "\(Self.refused.count) of \(Damage.all.count)") }

    @Test("takes the NSEC3 records of other names for what they are")
    func swapped() throws {
        // Each record is well made and signed, and all are there; but two have each other's types.
        var fixture = SignedFixture(.nsec3(optOut: false, iterations: 0, salt: []))
        var bitmaps: [DomainName: TypeBitmap] = [:]
        let names: [DomainName] = ["www.example.", "mail.example."]
        for name in names { fixture.changeNSEC3(of: name) { bitmaps[name] = $0.types } }
        #expect(bitmaps[names[0]] != bitmaps[names[1]])
        let (first, second) = (try #require(bitmaps[names[0]]), try #require(bitmaps[names[1]]))
        fixture.changeNSEC3(of: names[0]) { $0.types = second }
        fixture.changeNSEC3(of: names[1]) { $0.types = first }
        #expect(Pieces(fixture.zone, size: 4).verified(isOptOut: false, anchors: [fixture.anchor]) == nil)
    }
}
