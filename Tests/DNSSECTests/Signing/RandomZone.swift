import DNSModel
import Testing

/// A generator of numbers that are the same for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Zones full of what zones may hold: empty non-terminals, deep names, wildcards, delegations with and without DS and
/// glue, DNAME, odd octets in labels, names of 255 octets, big RRsets, differing case.
enum RandomZone {
    static func make(apex: String, owners: Int, using random: inout SeededRandom) throws -> Zone {
        let apex = try DomainName(apex)
        var builder = ZoneRecordsBuilder()
        let soa = RData.SOA(
            mname: try DomainName("ns1", origin: apex), rname: try DomainName("Host.Master", origin: apex),
            serial: Serial(rawValue: 1), refresh: 7200, retry: 3600, expire: 1_209_600, minimum: 300)
        try builder.add(owner: apex, type: .soa, ttl: TTL(3600), rdata: soa.wireFormat)
        try builder.add(owner: apex, type: .ns, ttl: TTL(3600), rdata: try DomainName("ns1", origin: apex).wireFormat)
        try builder.add(owner: try DomainName("ns1", origin: apex), type: .a, ttl: TTL(3600), rdata: [192, 0, 2, 1])
        var names = [apex]
        for _ in 0..<owners {
            let parent = Int.random(in: 0..<4, using: &random) == 0 ? names.randomElement(using: &random) : apex
            guard let name = makeName(below: parent ?? apex, using: &random) else { continue }
            names.append(name)
            try addContent(name, apex, to: &builder, using: &random)
        }
        return builder.makeZone(apex: apex)
    }

    private static func makeName(below parent: DomainName, using random: inout SeededRandom) -> DomainName? {
        var name: DomainName? = parent
        for _ in 0..<[1, 1, 1, 1, 2, 3, 5][Int.random(in: 0..<7, using: &random)] {
            name = name?.prepending(label: label(using: &random))
        }
        if Int.random(in: 0..<50, using: &random) == 0 {
            // As long as a name may be.
            while let current = name, current.wireFormat.count < 255 {
                let room = min(63, 255 - current.wireFormat.count - 1)
                if room < 1 { break }
                name = current.prepending(label: (0..<room).map { _ in UInt8.random(in: 97...122, using: &random) })
            }
        }
        return name
    }

    private static func label(using random: inout SeededRandom) -> [UInt8] {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return [UInt8(ascii: "*")]
        case 1:
            return (0..<Int.random(in: 1...6, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        case 2: return [0]
        case 3: return Array("a.b".utf8)
        case 4: return [UInt8](repeating: UInt8(ascii: "x"), count: 63)
        default:
            let letters = Array("abcxyzABC0189-_".utf8)
            return (0..<Int.random(in: 1...4, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
        }
    }

    private static func addContent(
        _ name: DomainName, _ apex: DomainName, to builder: inout ZoneRecordsBuilder, using random: inout SeededRandom
    ) throws {
        let target = try DomainName("Some.Where", origin: apex)
        let ttl = TTL([60, 300, 3600, 86_400][Int.random(in: 0..<4, using: &random)])
        switch Int.random(in: 0..<16, using: &random) {
        case 0...2:
            try builder.add(owner: name, type: .ns, ttl: ttl, rdata: target.wireFormat)
            if Bool.random(using: &random), let glue = name.prepending("ns") {
                try builder.add(owner: name, type: .ns, ttl: ttl, rdata: glue.wireFormat)
                try builder.add(owner: glue, type: .a, ttl: ttl, rdata: [192, 0, 2, 7])
            }
            if Bool.random(using: &random) {
                let digest = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
                try builder.add(owner: name, type: .ds, ttl: ttl, rdata: [1, 2, 13, 2] + digest)
            }
        case 3 where !name.isWildcard:
            try builder.add(owner: name, type: .dname, ttl: ttl, rdata: target.wireFormat)
        case 4: try builder.add(owner: name, type: .cname, ttl: ttl, rdata: target.wireFormat)
        case 5:
            for _ in 0..<Int.random(in: 20...60, using: &random) {
                let text = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
                try builder.add(owner: name, type: .txt, ttl: ttl, rdata: [200] + text)
            }
        case 6: try builder.add(owner: name, type: RRType(65_280), ttl: ttl, rdata: [1, 2, 3])
        case 7:
            try builder.add(owner: name, type: RRType(257), ttl: ttl, rdata: [0, 5] + Array("issue;".utf8))
            try builder.add(owner: name, type: .tlsa, ttl: ttl, rdata: [3, 1, 1] + [UInt8](repeating: 9, count: 32))
        default:
            try builder.add(
                owner: name, type: .a, ttl: ttl, rdata: [192, 0, 2, UInt8.random(in: 0...3, using: &random)])
            if Bool.random(using: &random) {
                try builder.add(owner: name, type: .mx, ttl: ttl, rdata: [0, 10] + target.wireFormat)
            }
        }
    }
}
