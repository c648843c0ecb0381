import DNSModel

/// Zones of the shapes that speed is measured with, the same for the same arguments.
enum GeneratedZone {
    /// The shape of a zone: what a registry has, or what a hosting company has.
    enum Shape: String {
        /// Each name a delegation with two NS, one glue address, a tenth of them with DS.
        case tld
        /// Each name a host with A, half of them AAAA, a fifth TXT, a quarter TLSA two labels below.
        case host
    }

    /// SplitMix64: the same numbers for the same seed, everywhere.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let apex = DomainName.root.prepending("org")?.prepending("example") ?? .root

    /// The records of a zone, on their way into it: names in random order unless `isSorted`.
    static func records(
        _ shape: Shape, count: Int, isSorted: Bool, prefix: String, seed: UInt64 = 7
    ) throws -> ZoneRecordsBuilder {
        var random = Generator(state: seed)
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var labels = Set<[UInt8]>()
        labels.reserveCapacity(count)
        var unsorted: [[UInt8]] = []
        while unsorted.count < count {
            let label =
                Array(prefix.utf8)
                + (0..<Int.random(in: 6...16, using: &random)).map { place in
                    alphabet[Int.random(in: 0..<(place == 0 ? 26 : 36), using: &random)]
                }
            if labels.insert(label).inserted { unsorted.append(label) }
        }
        if isSorted { unsorted.sort { $0.lexicographicallyPrecedes($1) } }

        var builder = ZoneRecordsBuilder()
        let ns1 = apex.prepending("ns1") ?? apex
        let day = TTL(86400)
        let hour = TTL(3600)
        let soa: [UInt8] =
            ns1.wireFormat + ns1.wireFormat
            + [1, 7200, 3600, 1_209_600, 300].flatMap { (value: UInt32) in bigEndian(value) }
        try builder.add(owner: apex, type: .soa, ttl: hour, rdata: soa)
        try builder.add(owner: apex, type: .ns, ttl: hour, rdata: ns1.wireFormat)
        try builder.add(owner: ns1, type: .a, ttl: hour, rdata: [192, 0, 2, 1])
        for (index, label) in unsorted.enumerated() {
            guard let owner = apex.prepending(label: label), let glue = owner.prepending("ns1") else { continue }
            let address: [UInt8] = [203, 0, UInt8(index >> 8 & 255), UInt8(index & 255)]
            switch shape {
            case .tld:
                let other = DomainName.root.prepending("net")?.prepending("hoster\(index % 997)")?.prepending("ns2")
                try builder.add(owner: owner, type: .ns, ttl: day, rdata: glue.wireFormat)
                try builder.add(owner: owner, type: .ns, ttl: day, rdata: (other ?? apex).wireFormat)
                try builder.add(owner: glue, type: .a, ttl: day, rdata: address)
                if index % 10 == 0 {
                    let digest = (0..<4).flatMap { _ in bigEndian(UInt32.random(in: 0 ... .max, using: &random)) }
                    try builder.add(
                        owner: owner, type: .ds, ttl: day,
                        rdata: [UInt8(index >> 8 & 255), UInt8(index & 255), 13, 2] + digest + digest)
                }
            case .host:
                try builder.add(owner: owner, type: .a, ttl: hour, rdata: address)
                if index % 2 == 0 {
                    try builder.add(
                        owner: owner, type: .aaaa, ttl: hour,
                        rdata: [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0] + address)
                }
                if index % 5 == 0 {
                    try builder.add(owner: owner, type: .txt, ttl: hour, rdata: [14] + "v=spf1 mx -all".utf8)
                }
                if index % 4 == 0, let service = owner.prepending("_tcp")?.prepending("_5222") {
                    let digest = (0..<8).flatMap { _ in bigEndian(UInt32.random(in: 0 ... .max, using: &random)) }
                    try builder.add(owner: service, type: .tlsa, ttl: hour, rdata: [3, 1, 1] + digest)
                }
            }
        }
        return builder
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }
}
