// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel
import Testing

@Suite("Zone cuts")
struct ZoneCutsTests {
    private func classes(_ zone: Zone) -> [String: OwnerClass] {
        let cuts = ZoneCuts(zone)
        return Dictionary(
            uniqueKeysWithValues: (0..<zone.ownerCount).map {
                (zone.name(of: OwnerIndex($0)).description, cuts[OwnerIndex($0)])
            })
    }

    private func emptyNonTerminals(_ zone: Zone) -> [String] {
        ZoneCuts(zone).emptyNonTerminals.map { zone.name(of: $0).description }
    }

    @Test("a delegation is secure when it has a DS, and what is below it is occluded")
    func delegations() {
        let zone = testZone([
            RecordFixture("example.", .soa), RecordFixture("example.", .ns), RecordFixture("www.example.", .a),
            RecordFixture("plain.example.", .ns), RecordFixture("ns.plain.example.", .a),
            RecordFixture("signed.example.", .ns), RecordFixture("signed.example.", .ds),
            RecordFixture("a.b.SIGNED.example.", .aaaa), RecordFixture("deeper.ns.plain.example.", .ns),
            RecordFixture("other.", .a), RecordFixture("aaa.", .a), RecordFixture("plainer.example.", .a),
        ])
        #expect(
            classes(zone) == [
                "example.": .authoritative, "www.example.": .authoritative, "plain.example.": .insecureDelegation,
                "ns.plain.example.": .occluded, "signed.example.": .secureDelegation,
                "a.b.SIGNED.example.": .occluded, "deeper.ns.plain.example.": .occluded, "other.": .outOfZone,
                "aaa.": .outOfZone, "plainer.example.": .authoritative,
            ])
        #expect(emptyNonTerminals(zone).isEmpty)
    }

    @Test("a DNAME occludes what is below it, at the apex too, but not itself")
    func dname() {
        let zone = testZone([
            RecordFixture("example.", .soa), RecordFixture("moved.example.", .dname),
            RecordFixture("x.y.moved.example.", .ns), RecordFixture("movedx.example.", .a),
        ])
        #expect(classes(zone)["moved.example."] == .authoritative)
        #expect(classes(zone)["x.y.moved.example."] == .occluded)
        #expect(classes(zone)["movedx.example."] == .authoritative)
        let whole = testZone([
            RecordFixture("example.", .soa), RecordFixture("example.", .dname), RecordFixture("a.example.", .a),
            RecordFixture("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.", .nsec3),
        ])
        #expect(classes(whole)["a.example."] == .occluded)
        #expect(classes(whole)["0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example."] == .hashedOwner)
    }

    @Test("the cuts are the same for any number of workers", arguments: [false, true])
    func workerCounts(hasApexDNAME: Bool) {
        var records = [RecordFixture("example.", hasApexDNAME ? .dname : .soa), RecordFixture("other.", .a)]
        // A generator of numbers that are the same each time.
        var state: UInt32 = 1
        func next(_ bound: UInt32) -> UInt32 {
            state = state &* 1_664_525 &+ 1_013_904_223
            return (state >> 8) % bound
        }
        let types: [RRType] = [.a, .a, .a, .ns, .ns, .ds, .dname, .txt, .nsec3]
        for _ in 0..<70_000 {
            var name = testName("example.")
            for depth in 0...next(4) { name = name.prepending("n\(next(depth == 0 ? 20_000 : 3))")! }
            records.append(RecordFixture(name, types[Int(next(UInt32(types.count)))]))
        }
        let zone = testZone(records)
        let expected = ZoneCuts(zone)
        #expect(zone.ownerCount > 2 << 14)
        for workers in [2, 3] {
            let cuts = ZoneCuts(zone, workers: Workers(workers))
            #expect(cuts.classes == expected.classes)
            #expect(cuts.emptyNonTerminals == expected.emptyNonTerminals)
            #expect(cuts.ownersInZone == expected.ownersInZone)
        }
    }

    @Test("a label that ends like the cut's name is not below the cut")
    func labelBoundaries() {
        // The label "a<1>b" ends in the octets of the wire-format name b.example.
        let tricky = testName("example.").prepending(label: [UInt8(ascii: "a"), 1, UInt8(ascii: "b")])!
        let zone = testZone([
            RecordFixture("example.", .soa), RecordFixture("b.example.", .ns), RecordFixture(tricky, .a),
        ])
        #expect(classes(zone)[tricky.description] == .authoritative)
    }

    @Test("empty non-terminals stand right before the first name below them")
    func emptyNonTerminalPositions() {
        let zone = testZone([
            RecordFixture("example.", .soa), RecordFixture("_5222._tcp.host.example.", .tlsa),
            RecordFixture("_5269._tcp.host.example.", .tlsa), RecordFixture("a.b.c.example.", .a),
            RecordFixture("glue.x.y.cut.z.example.", .a), RecordFixture("cut.z.example.", .ns),
            RecordFixture("host.example.", .a),
        ])
        let cuts = ZoneCuts(zone)
        #expect(emptyNonTerminals(zone) == ["c.example.", "b.c.example.", "_tcp.host.example.", "z.example."])
        #expect(
            cuts.emptyNonTerminals.map { zone.name(of: $0.position).description } == [
                "a.b.c.example.", "a.b.c.example.", "_5222._tcp.host.example.", "cut.z.example.",
            ])
        #expect(cuts.emptyNonTerminals.map(\.leadsOnlyToInsecureDelegations) == [false, false, false, true])
        #expect(cuts.emptyNonTerminals(before: 0..<2).count == 2)
        #expect(cuts.emptyNonTerminals(before: 2..<zone.ownerCount).count == 2)
    }

    @Test("under opt-out an empty non-terminal may go only when nothing but insecure delegations is below it")
    func optOut() {
        let zone = testZone([
            RecordFixture("example.", .soa),
            RecordFixture("a.only.example.", .ns), RecordFixture("b.c.only.example.", .ns),
            RecordFixture("a.mixed.example.", .ns), RecordFixture("b.c.mixed.example.", .ns),
            RecordFixture("d.c.mixed.example.", .ns), RecordFixture("d.c.mixed.example.", .ds),
            RecordFixture("e.d.mixed.example.", .ns),
        ])
        let cuts = ZoneCuts(zone)
        let flags = Dictionary(
            uniqueKeysWithValues: cuts.emptyNonTerminals.map {
                (zone.name(of: $0).description, $0.leadsOnlyToInsecureDelegations)
            })
        #expect(
            flags == [
                "only.example.": true, "c.only.example.": true, "mixed.example.": false, "c.mixed.example.": false,
                "d.mixed.example.": true,
            ])
    }

    @Test("random zones are classified as the definitions say", arguments: 0..<150)
    func againstTheDefinitions(seed: Int) {
        let random = RandomZone(seed: UInt64(seed))
        let zone = testZone(apex: random.apex.description, random.records)
        let model = NaiveZoneCuts(random)
        let cuts = ZoneCuts(zone)
        for owner in 0..<zone.ownerCount {
            let name = zone.name(of: OwnerIndex(owner))
            #expect(cuts[OwnerIndex(owner)] == model.classes[name], "\(name)")
        }
        #expect(cuts.emptyNonTerminals.map { zone.name(of: $0) } == model.emptyNonTerminals)
        #expect(cuts.emptyNonTerminals.map(\.leadsOnlyToInsecureDelegations) == model.leadsOnlyToInsecure)
        // Each comes before the first link of the chain that is below it.
        let links = (0..<zone.ownerCount).filter { cuts[OwnerIndex($0)].isInDenialChain }
        let positions = model.emptyNonTerminals.map { name in
            links.first { zone.name(of: OwnerIndex($0)).isSubdomain(of: name) }
        }
        #expect(cuts.emptyNonTerminals.map { Int($0.position) } == positions)
    }
}

/// The definitions of RFC 4035 §2 and RFC 5155 §7.1, spelled out with sets of names.
private struct NaiveZoneCuts {
    var classes: [DomainName: OwnerClass] = [:]
    var emptyNonTerminals: [DomainName] = []
    var leadsOnlyToInsecure: [Bool] = []

    init(_ zone: RandomZone) {
        var types: [DomainName: Set<RRType>] = [:]
        for record in zone.records { types[record.owner, default: []].insert(record.type) }
        for (name, own) in types {
            guard name.isSubdomain(of: zone.apex) else {
                classes[name] = .outOfZone
                continue
            }
            let isHashed =
                name.parent == zone.apex && own.contains(.nsec3) && own.subtracting([.nsec3, .rrsig]).isEmpty
            let above = ancestors(of: name, downTo: zone.apex)
            let cuts = above.filter {
                types[$0]?.contains(.dname) == true || ($0 != zone.apex && types[$0]?.contains(.ns) == true)
            }
            if isHashed {
                classes[name] = .hashedOwner
            } else if !cuts.isEmpty {
                classes[name] = .occluded
            } else if name != zone.apex, own.contains(.ns) {
                classes[name] = own.contains(.ds) ? .secureDelegation : .insecureDelegation
            } else {
                classes[name] = .authoritative
            }
        }
        let links = classes.filter { $0.value.isInDenialChain }
        var leads: [DomainName: Bool] = [:]
        for (name, kind) in links {
            for ancestor in ancestors(of: name, downTo: zone.apex)
            where ancestor != zone.apex && links[ancestor] == nil {
                leads[ancestor] = (leads[ancestor] ?? true) && kind == .insecureDelegation
            }
        }
        emptyNonTerminals = leads.keys.sorted()
        leadsOnlyToInsecure = emptyNonTerminals.map { leads[$0] ?? false }
    }

    /// The names above `name`, the apex included.
    private func ancestors(of name: DomainName, downTo apex: DomainName) -> [DomainName] {
        var result: [DomainName] = []
        var current = name
        while current != apex, let parent = current.parent {
            result.append(parent)
            current = parent
        }
        return result
    }
}
