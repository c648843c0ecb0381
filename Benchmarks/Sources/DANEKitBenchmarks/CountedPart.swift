import DNSModel
import DNSSEC

/// A part of the work, to be counted by callgrind (see thresholds.sh): one thread, the same zone each time.
enum CountedPart: String, CaseIterable {
    /// Zone text into records.
    case reading
    /// Records in canonical order into a zone.
    case assembling
    /// Records in random order into a zone.
    case sorting
    /// Owner names into NSEC3 hashes.
    case hashing
    /// A zone that was never signed.
    case signing
    /// A zone of which one record has changed.
    case resigning = "re-signing"
    /// A signed zone.
    case verifying
    /// A signed zone into text.
    case writing

    /// Does the part: what leads up to it outside ``countedWork(_:)``, itself within.
    func run() throws {
        switch self {
        case .reading:
            let source = ZoneFileSource(try Self.zone(.tld, 4_000).text, name: "counted")
            countedWork { _ = ZoneFileReader.readRecords(source, options: ZoneFileOptions()) }
        case .assembling, .sorting:
            let records = try GeneratedZone.records(.tld, count: 4_000, isSorted: self == .assembling, prefix: "")
            Self.assemble(records)
        case .hashing:
            let zone = try Self.zone(.tld, 4_000)
            let names = (0..<zone.ownerCount).map { zone.name(of: OwnerIndex($0)) }
            countedWork {
                var hasher = NSEC3Hasher(iterations: 0, salt: [])
                for name in names { _ = hasher.hash(of: name) }
            }
        case .signing:
            let zone = try Self.zone(.host, 100)
            let signing = try SigningCase(zone.apex)
            try countedWork { _ = try signing.sign(zone) }
        case .resigning:
            let zone = try Self.zone(.host, 200)
            let signing = try SigningCase(zone.apex)
            let previous = try signing.sign(zone)
            let changed = try Self.zone(.host, 200, further: "new.example.org. 3600 IN A 192.0.2.9\n")
            try countedWork { _ = try signing.sign(changed, previous: previous) }
        case .verifying:
            let zone = try Self.zone(.host, 100)
            let signing = try SigningCase(zone.apex)
            let signed = try signing.sign(zone)
            countedWork {
                _ = ZoneValidator.validate(
                    signed, at: SigningCase.now, anchors: [], options: .standard, workers: .single)
            }
        case .writing:
            let zone = try Self.zone(.tld, 4_000)
            countedWork { ZoneFileWriter.write(zone, workers: .single) { _ in } }
        }
    }

    private static func assemble(_ records: consuming ZoneRecordsBuilder) {
        var records = Optional(records)
        countedWork { _ = records.take()?.makeZone(apex: GeneratedZone.apex) }
    }

    /// A zone, with further lines of text.
    private static func zone(
        _ shape: GeneratedZone.Shape, _ count: Int, further: String = ""
    ) throws -> Zone {
        let zone = try GeneratedZone.records(shape, count: count, isSorted: false, prefix: "").makeZone(
            apex: GeneratedZone.apex)
        guard !further.isEmpty else { return zone }
        let source = ZoneFileSource(zone.text + Array(further.utf8), name: "counted")
        return ZoneFileReader.read(source, options: ZoneFileOptions()).value ?? zone
    }
}

/// What callgrind counts is what happens in here.
@inline(never) @_optimize(none)
func countedWork(_ work: () throws -> Void) rethrows { try work() }

/// Keys and parameters to sign a zone with.
struct SigningCase {
    /// When signatures are made and judged.
    static let now = Timestamp(1_800_000_000)

    let keys: [ZoneKey]
    var parameters = SigningParameters.standard(now: SigningCase.now)

    init(_ apex: DomainName, optOut: Bool = false) throws {
        keys = try [KeyRole.ksk, .zsk].map { role in
            try ZoneKey.generate(
                KeyRequest(
                    owner: apex, role: role, algorithm: .ecdsap256sha256, bits: 0, ttl: nil,
                    timing: .immediate(Self.now)), avoiding: [])
        }
        parameters.denial = .nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: optOut))
    }

    func sign(_ zone: Zone, previous: Zone? = nil, workers: Workers = .single) throws -> Zone {
        var parameters = parameters
        if previous != nil { parameters.serialPolicy = .increment }
        return try ZoneSigner.sign(
            zone, keys: keys, parameters: parameters, previous: previous, workers: workers
        ).zone
    }
}

extension Zone {
    /// The zone as text.
    var text: [UInt8] {
        var text: [UInt8] = []
        ZoneFileWriter.write(self, workers: .single) { text.append(contentsOf: $0) }
        return text
    }
}
