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
    /// The zone keys by tag and algorithm: ``slot(_:_:)`` of each, ascending, and which key it is.
    private var slots: [UInt32] = []
    private var keyOfSlot: [Int] = []

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
        for key in keys where key.isZoneKey {
            let number = key.dnskey.algorithm.rawValue
            if key.dnskey.isRevoked || requiredAlgorithms.contains(number) || requiredAlgorithms.count == 64 {
                continue
            }
            bits[Int(number)] = 1 << UInt64(requiredAlgorithms.count)
            requiredAlgorithms.append(number)
        }
        keyOfSlot = keys.indices.filter { keys[$0].isZoneKey }.sorted { (slot(of: $0), $0) < (slot(of: $1), $1) }
        slots = keyOfSlot.map { slot(of: $0) }
    }

    private func slot(of key: Int) -> UInt32 { Self.slot(keys[key].tag, keys[key].dnskey.algorithm.rawValue) }

    private static func slot(_ tag: UInt16, _ algorithm: UInt8) -> UInt32 { UInt32(tag) << 8 | UInt32(algorithm) }

    /// The keys that a signature may be by, as indices into ``keys``.
    ///
    /// - Complexity: O(log of the number of zone keys), of which an attacker's zone has many.
    func candidates(tag: UInt16, algorithm: UInt8) -> ArraySlice<Int> {
        let wanted = Self.slot(tag, algorithm)
        let first = place(of: wanted)
        return keyOfSlot[first..<max(first, place(of: wanted + 1))]
    }

    /// The number of slots below one.
    private func place(of slot: UInt32) -> Int {
        var (low, high) = (0, slots.count)
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }

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
