import DNSModel
import Diagnostics

/// The records that stand at the apex of the signed zone, without denial and signatures.
struct ApexRecords: ~Copyable {
    /// The records, in canonical order.
    private(set) var records: [RecordEntry] = []
    /// The RDATA of the DNSKEY records.
    private(set) var dnskeys: [[UInt8]] = []
    /// What was dropped, and why.
    private(set) var findings: [Diagnostic] = []

    private var writer: WireWriter
    private let store: WireStore

    /// Puts the apex together from the source's own records, the keys and the parameters.
    init(
        _ source: SigningSource, serial: Serial, keys: KeyPlan, dnskeyTTL: TTL, parameters: SigningParameters
    ) throws(DiagnosedFailure) {
        store = source.zone.store
        writer = WireWriter(store)
        let soaTTL = source.soa.entry.ttl
        takeOver(source, parameters)
        try add(.soa, source.soa.entry.ttl, source.soa.rdata(serial: serial), source.soa.entry.lowercases)
        dnskeys = keys.published
        if parameters.foreignKeys == .publish {
            for key in foreignKeys(source, keys) where !dnskeys.contains(key) { dnskeys.append(key) }
        } else {
            noteForeignKeys(foreignKeys(source, keys))
        }
        for key in dnskeys { try add(.dnskey, dnskeyTTL, key) }
        for rdata in keys.parentSignal(parameters.parentSignal) {
            try add(rdata.type, dnskeyTTL, rdata.octets)
        }
        if case .nsec3(let denial) = parameters.denial {
            // Flags and TTL are zero: no resolver asks for it, and only the parameters matter (RFC 5155 §4).
            let rdata = RData.NSEC3PARAM(
                hashAlgorithm: 1, flags: 0, iterations: denial.iterations, salt: denial.salt)
            try add(.nsec3param, TTL(0), rdata.wireFormat)
        }
        for algorithm in parameters.zoneDigests.uniqued() {
            let placeholder = RData.ZONEMD(
                serial: serial, scheme: ZoneDigest.simpleScheme, hashAlgorithm: algorithm.rawValue,
                digest: [UInt8](repeating: 0, count: algorithm.digestLength))
            try add(.zonemd, soaTTL, placeholder.wireFormat)
        }
        let store = self.store
        records.sort {
            $0.type == $1.type ? CanonicalRDataOrder.compare($0, $1, in: store) < 0 : $0.type < $1.type
        }
    }

    /// Takes over what is the operator's own.
    private mutating func takeOver(_ source: SigningSource, _ parameters: SigningParameters) {
        var dropsDigest = false
        for index in source.zone.recordRange(of: 0) {
            let record = source.zone.records[index]
            switch record.type {
            case .soa, .dnskey: continue
            case .zonemd: dropsDigest = true
            case .cds, .cdnskey:
                if parameters.parentSignal == .asInSource { records.append(record) }
            default:
                if !SigningSource.isStale(record.type) { records.append(record) }
            }
        }
        if dropsDigest, parameters.zoneDigests.isEmpty {
            findings.append(
                .warning(
                    .staleRecords,
                    "the ZONEMD record of the source is dropped: its digest is not that of the signed zone",
                    .rfc(8976, "3"), hint: "ask for ZONEMD to have one made"))
        }
    }

    private func foreignKeys(_ source: SigningSource, _ keys: KeyPlan) -> [[UInt8]] {
        source.zone.rrsetRange(of: 0, type: .dnskey)
            .map { source.zone.rdata(of: source.zone.records[$0]) }
            .filter { !keys.own.contains($0) }
    }

    private mutating func noteForeignKeys(_ keys: [[UInt8]]) {
        for rdata in keys {
            let tag = (try? RData.DNSKEY(wireFormat: rdata)).map { "\($0.keyTag)" } ?? "unknown"
            findings.append(
                .note(
                    .foreignKey,
                    "the DNSKEY record with key tag \(tag) of the source belongs to none of the keys and is dropped",
                    .rfc(4035, "2.1")))
        }
    }

    private mutating func add(
        _ type: RRType, _ ttl: TTL, _ rdata: [UInt8], _ lowercases: Bool = false
    ) throws(DiagnosedFailure) {
        let offset: UInt32
        do throws(WireStoreFull) { offset = try writer.append(rdata) } catch { throw .zoneTooLarge }
        records.append(
            RecordEntry(
                owner: 0, type: type, ttl: ttl, rdataOffset: offset, rdataLength: rdata.count, lowercases: lowercases))
    }
}

extension Array where Element: Hashable {
    /// The elements without repetitions, in order.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension DiagnosedFailure {
    /// There is no room for the signed zone.
    static var zoneTooLarge: DiagnosedFailure {
        DiagnosedFailure(.error(.zoneTooLarge, "the signed zone's names and record data fill more than 4 GiB"))
    }

    /// What stopped a worker.
    init(_ fault: SigningFault) {
        switch fault {
        case .storeFull: self = .zoneTooLarge
        case .library(let error):
            self.init(.error(.cryptography, "cannot sign: \(error)", hint: "is the key file whole?"))
        }
    }
}
