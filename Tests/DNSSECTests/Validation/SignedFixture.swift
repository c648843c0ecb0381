// swift-format-ignore-file: NeverForceUnwrap, NeverUseForceTry

// A fixture that cannot be made is a fault of the test.
public import DNSModel
import DNSSEC
import OpenSSLBridge

/// A small signed zone made in code, which tests damage one record at a time.
///
/// It is signed here, by the shortest code that does it, and not by the product's signer, so that the validator is tested
/// by itself.
struct SignedFixture {
    struct Record: Hashable {
        var owner: DomainName
        var type: RRType
        var ttl: UInt32 = 3600
        var rdata: [UInt8]
    }

    enum Denial: Hashable {
        case nsec
        case nsec3(optOut: Bool, iterations: UInt16, salt: [UInt8])
    }

    /// 2026-06-01T00:00:00Z.
    static let now = Timestamp(1_780_272_000)
    static let apex: DomainName = "example."

    var records: [Record]
    var keys: [FixtureKey]
    let denial: Denial
    var inception = UInt32(1_780_272_000 - 86_400)
    var expiration = UInt32(1_780_272_000 + 10 * 86_400)

    init(_ denial: Denial = .nsec, keys: [FixtureKey] = FixtureKey.pair, extra: [Record] = []) {
        self.denial = denial
        self.keys = keys
        records = Self.content + extra
        records += keys.filter(\.isPublished).map {
            Record(owner: Self.apex, type: .dnskey, rdata: $0.dnskey.wireFormat)
        }
        makeChain()
        resign()
    }

    /// The zone in canonical order, as readers make it.
    var zone: Zone {
        let store = WireStore()
        var writer = WireWriter(store)
        var batch = RecordBatch()
        for record in records {
            let name = try! writer.append(record.owner.wireFormat)
            let rdata = try! writer.append(record.rdata)
            let lowercases = CanonicalRData.lowercasingNames(record.rdata, type: record.type) != record.rdata
            batch.names.append(name)
            batch.records.append(
                RecordEntry(
                    owner: OwnerIndex(batch.names.count - 1), type: record.type, ttl: TTL(record.ttl),
                    rdataOffset: rdata, rdataLength: record.rdata.count, lowercases: lowercases))
        }
        return Zone(apex: Self.apex, batches: [batch], store: store)
    }

    /// Validates the zone as it stands now.
    func validate(
        anchors: [TrustAnchor]? = nil, at now: Timestamp = Self.now, options: ValidationOptions = .standard,
        workers: Workers = .single
    ) -> ValidationReport {
        ZoneValidator.validate(zone, at: now, anchors: anchors ?? [anchor], options: options, workers: workers)
    }

    /// The anchor that names the first key.
    var anchor: TrustAnchor { .ds(keys[0].ds(of: Self.apex), of: Self.apex) }

    // MARK: - Content

    private static let content: [Record] = {
        func name(_ text: String) -> [UInt8] { DomainName(stringLiteral: text).wireFormat }
        func soa(_ serial: UInt32) -> [UInt8] {
            let numbers = [serial, 7200, 3600, 1_209_600, 3600]
            return name("ns1.example.") + name("Hostmaster.example.")
                + numbers.flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
        }
        return [
            Record(owner: apex, type: .soa, rdata: soa(2_026_060_101)),
            Record(owner: apex, type: .ns, rdata: name("ns1.example.")),
            Record(owner: apex, type: .ns, rdata: name("NS2.example.")),
            Record(owner: "ns1.example.", type: .a, rdata: [192, 0, 2, 1]),
            Record(owner: "NS2.example.", type: .a, rdata: [192, 0, 2, 2]),
            Record(owner: "www.example.", type: .a, rdata: [192, 0, 2, 80]),
            Record(owner: "www.example.", type: .a, rdata: [192, 0, 2, 81]),
            Record(owner: "www.example.", type: .aaaa, rdata: [0x20, 1, 0x0d, 0xb8] + Array(repeating: 0, count: 12)),
            Record(owner: "mail.example.", type: .mx, rdata: [0, 10] + name("WWW.Example.")),
            Record(owner: "*.wild.example.", type: .txt, rdata: [4] + Array("wild".utf8)),
            Record(owner: "a.b.c.example.", type: .txt, rdata: [4] + Array("deep".utf8)),
            Record(owner: "old.example.", type: .dname, rdata: name("www.example.")),
            Record(owner: "secure.example.", type: .ns, rdata: name("ns.secure.example.")),
            Record(owner: "secure.example.", type: .ds, rdata: [0x12, 0x34, 13, 2] + Array(repeating: 7, count: 32)),
            Record(owner: "ns.secure.example.", type: .a, rdata: [192, 0, 2, 53]),
            Record(owner: "insecure.example.", type: .ns, rdata: name("ns.insecure.example.")),
            Record(owner: "ns.insecure.example.", type: .a, rdata: [192, 0, 2, 54]),
            Record(owner: "x.y.example.", type: .ns, rdata: name("ns1.example.")),
        ]
    }()

    /// What the zone speaks for, with the types that are its own; delegations give NS as well.
    private var names: [DomainName: Set<RRType>] {
        let cuts = Set(records.filter { $0.type == .ns && $0.owner != Self.apex }.map(\.owner))
        let dnames = Set(records.filter { $0.type == .dname }.map(\.owner))
        var names: [DomainName: Set<RRType>] = [:]
        for record in records where record.owner.isSubdomain(of: Self.apex) {
            if cuts.union(dnames).contains(where: { $0 != record.owner && record.owner.isSubdomain(of: $0) }) {
                continue
            }
            if cuts.contains(record.owner), record.type != .ns, record.type != .ds, record.type != .nsec { continue }
            if record.type == .rrsig || record.type == .nsec3 { continue }
            names[record.owner, default: []].insert(record.type)
        }
        return names
    }

    // MARK: - Signing

    private mutating func makeChain() {
        switch denial {
        case .nsec: makeNSEC()
        case .nsec3(let optOut, let iterations, let salt): makeNSEC3(optOut, iterations, salt)
        }
    }

    private mutating func makeNSEC() {
        let names = self.names
        let sorted = names.keys.sorted()
        for (index, owner) in sorted.enumerated() {
            let next = sorted[(index + 1) % sorted.count]
            let nsec = RData.NSEC(
                nextDomainName: next, types: TypeBitmap(names[owner, default: []].union([.rrsig, .nsec])))
            records.append(Record(owner: owner, type: .nsec, rdata: nsec.wireFormat))
        }
    }

    private mutating func makeNSEC3(_ optOut: Bool, _ iterations: UInt16, _ salt: [UInt8]) {
        let param = RData.NSEC3PARAM(hashAlgorithm: 1, flags: 0, iterations: iterations, salt: salt)
        records.append(Record(owner: Self.apex, type: .nsec3param, rdata: param.wireFormat))
        var names = self.names
        for (owner, types) in names {
            if types == [.ns] {
                if optOut { names[owner] = nil }
            } else {
                names[owner] = types.union([.rrsig])
            }
        }
        for owner in names.keys {
            var parent = owner.parent
            while let name = parent, name.isSubdomain(of: Self.apex) {
                if names[name] == nil { names[name] = [] }
                parent = name.parent
            }
        }
        let hashed = names.map { (hash: Self.hash($0.key, iterations, salt), types: $0.value) }
            .sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
        for (index, entry) in hashed.enumerated() {
            let nsec3 = RData.NSEC3(
                hashAlgorithm: 1, flags: optOut ? 1 : 0, iterations: iterations, salt: salt,
                nextHashedOwner: hashed[(index + 1) % hashed.count].hash, types: TypeBitmap(entry.types.sorted()))
            let owner = Self.apex.prepending(Base32Hex.encode(entry.hash))!
            records.append(Record(owner: owner, type: .nsec3, rdata: nsec3.wireFormat))
        }
    }

    static func hash(_ name: DomainName, _ iterations: UInt16, _ salt: [UInt8]) -> [UInt8] {
        var hash = DigestContext.digest(.sha1, of: name.lowercased.wireFormat + salt)
        for _ in 0..<iterations { hash = DigestContext.digest(.sha1, of: hash + salt) }
        return hash
    }

    /// The owner of the NSEC3 of a name.
    func nsec3Owner(of name: DomainName) -> DomainName {
        guard case .nsec3(_, let iterations, let salt) = denial else { return name }
        return Self.apex.prepending(Base32Hex.encode(Self.hash(name, iterations, salt)))!
    }

    /// Signs everything anew that must be signed.
    mutating func resign() {
        records.removeAll { $0.type == .rrsig }
        var own = names
        for record in records where record.type == .nsec3 { own[record.owner, default: []].insert(.nsec3) }
        let cuts = Set(records.filter { $0.type == .ns && $0.owner != Self.apex }.map(\.owner))
        for (owner, types) in own.sorted(by: { $0.key < $1.key }) {
            for type in types.sorted() where !(type == .ns && cuts.contains(owner)) { resign(owner, type) }
        }
    }

    /// Signs one RRset anew with the keys that sign such an RRset.
    mutating func resign(_ owner: DomainName, _ type: RRType, editing edit: (inout RData.RRSIG) -> Void = { _ in }) {
        records.removeAll { $0.owner == owner && $0.type == .rrsig && $0.rdata.starts(with: Self.octets(type)) }
        for key in keys where key.signs(type) { sign(owner, type, with: key, editing: edit) }
    }

    /// Adds a signature.
    mutating func sign(
        _ owner: DomainName, _ type: RRType, with key: FixtureKey, editing edit: (inout RData.RRSIG) -> Void = { _ in }
    ) {
        let set = records.filter { $0.owner == owner && $0.type == type }
        var rrsig = RData.RRSIG(
            typeCovered: type, algorithm: key.dnskey.algorithm,
            labels: UInt8(owner.labelCount - (owner.isWildcard ? 1 : 0)), originalTTL: TTL(set.first?.ttl ?? 3600),
            expiration: expiration, inception: inception, keyTag: key.dnskey.keyTag, signerName: Self.apex,
            signature: [])
        edit(&rrsig)
        var message = rrsig.wireFormatWithoutSignature
        let canonical = set.map { CanonicalRData.lowercasingNames($0.rdata, type: type) }
        for rdata in canonical.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            message += owner.lowercased.wireFormat + Self.octets(type) + [0, 1]
            message += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rrsig.originalTTL.rawValue >> $0) }
            message += Self.octets(UInt16(rdata.count)) + rdata
        }
        rrsig.signature = key.sign(message)
        records.append(Record(owner: owner, type: .rrsig, ttl: set.first?.ttl ?? 3600, rdata: rrsig.wireFormat))
    }

    static func octets(_ type: RRType) -> [UInt8] { octets(type.rawValue) }

    static func octets(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
}

/// A key pair of the fixture.
struct FixtureKey: Sendable {
    let privateKey: PrivateKey
    let dnskey: RData.DNSKEY
    var isPublished = true
    /// Whether it signs the DNSKEY RRset, and whether it signs the rest.
    var signsKeys: Bool
    var signsData: Bool

    init(_ algorithm: SignatureAlgorithm, flags: UInt16, number: UInt8? = nil, signsKeys: Bool, signsData: Bool) {
        privateKey = try! PrivateKey.generate(algorithm)
        dnskey = RData.DNSKEY(
            flags: flags, protocolField: 3, algorithm: SecurityAlgorithm(rawValue: number ?? algorithm.rawValue),
            publicKey: privateKey.publicKeyOctets)
        self.signsKeys = signsKeys
        self.signsData = signsData
    }

    static let ksk = FixtureKey(.ecdsaP256SHA256, flags: 257, signsKeys: true, signsData: false)
    static let zsk = FixtureKey(.ecdsaP256SHA256, flags: 256, signsKeys: false, signsData: true)
    static let csk = FixtureKey(.ed25519, flags: 257, signsKeys: true, signsData: true)
    static let stranger = FixtureKey(.ecdsaP256SHA256, flags: 256, signsKeys: false, signsData: true)
    static let pair = [ksk, zsk]

    func signs(_ type: RRType) -> Bool {
        type == .dnskey || type == .cds || type == .cdnskey ? signsKeys : signsData
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        var signer = try! Signer(key: privateKey)
        return try! signer.signature(over: message)
    }

    func ds(of owner: DomainName) -> RData.DS {
        RData.DS(
            keyTag: dnskey.keyTag, algorithm: dnskey.algorithm, digestType: .sha256,
            digest: DigestContext.digest(.sha256, of: owner.lowercased.wireFormat + dnskey.wireFormat))
    }
}

extension DomainName: ExpressibleByStringLiteral {
    /// Names in tests are written as they are.
    public init(stringLiteral text: String) { try! self.init(text) }
}
