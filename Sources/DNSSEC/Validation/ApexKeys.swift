import DNSModel
import OpenSSLBridge

/// A key of the apex DNSKEY RRset as the validator sees it.
struct ApexKey: Sendable {
    /// Which of the zone's records it is.
    let record: Int
    /// The fields of the record.
    let dnskey: RData.DNSKEY
    /// Its key tag.
    let tag: UInt16
    /// The key to verify with, or `nil` when the algorithm is not supported or the key cannot be read.
    let publicKey: PublicKey?

    /// Whether it may verify signatures over the zone's data.
    var isZoneKey: Bool { dnskey.isZoneKey && dnskey.protocolField == 3 }
    /// Whether its algorithm can be verified here.
    var isSupported: Bool { SignatureAlgorithm(dnssec: dnskey.algorithm) != nil }
}

/// The keys of a zone, and which algorithms they say must sign.
struct ApexKeys: Sendable {
    /// The keys, in canonical order.
    private(set) var keys: [ApexKey] = []
    /// The algorithms that each RRset must be signed with: those of all zone keys that are not revoked.
    private(set) var requiredAlgorithms: [UInt8] = []
    private var bits = [UInt64](repeating: 0, count: 256)
    private var byTag: [UInt32: [Int]] = [:]

    /// How many keys with one tag are tried for a signature. More is an attack (CVE-2023-50387), not a zone.
    static let attemptsPerSignature = 4

    /// Reads the DNSKEY records at `records`; those that cannot be read at all are left out.
    init(_ zone: Zone, records: Range<Int>) {
        for index in records {
            guard let dnskey = try? RData.DNSKEY(wireFormat: zone.rdata(of: zone.records[index])) else { continue }
            let algorithm = SignatureAlgorithm(dnssec: dnskey.algorithm)
            let publicKey = algorithm.flatMap { try? PublicKey($0, dnskeyOctets: dnskey.publicKey) }
            keys.append(ApexKey(record: index, dnskey: dnskey, tag: dnskey.keyTag, publicKey: publicKey))
        }
        for (index, key) in keys.enumerated() where key.isZoneKey {
            byTag[Self.slot(key.tag, key.dnskey.algorithm.rawValue), default: []].append(index)
            let number = key.dnskey.algorithm.rawValue
            if key.dnskey.isRevoked || requiredAlgorithms.contains(number) || requiredAlgorithms.count == 64 {
                continue
            }
            bits[Int(number)] = 1 << UInt64(requiredAlgorithms.count)
            requiredAlgorithms.append(number)
        }
    }

    private static func slot(_ tag: UInt16, _ algorithm: UInt8) -> UInt32 { UInt32(tag) << 8 | UInt32(algorithm) }

    /// The keys that a signature may be by, as indices into ``keys``.
    func candidates(tag: UInt16, algorithm: UInt8) -> [Int] { byTag[Self.slot(tag, algorithm)] ?? [] }

    /// The bit of a required algorithm in a set of them, 0 for any other algorithm.
    func bit(of algorithm: UInt8) -> UInt64 { bits[Int(algorithm)] }

    /// The set of all required algorithms.
    var allBits: UInt64 { requiredAlgorithms.reduce(0) { $0 | bits[Int($1)] } }
}

extension SignatureAlgorithm {
    /// The algorithm behind a DNSSEC algorithm number, or `nil` when it is not supported.
    ///
    /// Algorithm 7 is algorithm 5 under another number (RFC 5155 §2).
    init?(dnssec algorithm: SecurityAlgorithm) {
        self.init(rawValue: algorithm == .rsasha1NSEC3 ? SecurityAlgorithm.rsasha1.rawValue : algorithm.rawValue)
    }
}
