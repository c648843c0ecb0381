/// A certificate in the simulated world: who holds which key, who issued it. Nothing of the calculus is used here.
struct SimulatedCertificate: Hashable {
    var key: UInt8
    var serial: UInt8
    var issuer: UInt8?
    var isPublic: Bool

    /// The association data that a client computes from the handshake; `nil` when the certificate is not in the chain.
    func data(usage: UInt8, selector: UInt8, matching: UInt8) -> [UInt8]? {
        switch usage {
        case 1, 3: selector == 0 ? [1, matching, key, serial, isPublic ? 1 : 0] : [2, matching, key]
        case 0, 2:
            issuer.map { selector == 0 ? [3, matching, $0] : [4, matching, $0] }
        default: nil
        }
    }
}

/// A TLSA record as it comes over the wire.
struct SimulatedRecord: Hashable {
    var usage: UInt8
    var selector: UInt8
    var matching: UInt8
    var data: [UInt8]

    var combination: Combination { Combination(usage: usage, selector: selector, matching: matching) }

    struct Combination: Hashable {
        var usage: UInt8
        var selector: UInt8
        var matching: UInt8
    }
}

/// A client that supports some combinations, and may choose the strongest digest (RFC 7671 §9).
struct SimulatedClient {
    var supports: Set<SimulatedRecord.Combination>
    var isAgile: Bool
    /// Whether it goes on unauthenticated when there is no usable record, as mail servers do.
    var isOpportunistic: Bool

    /// Whether the handshake succeeds.
    func accepts(_ certificate: SimulatedCertificate, with records: [SimulatedRecord]) -> Bool {
        var usable = records.filter { supports.contains($0.combination) }
        if usable.isEmpty {
            // No record that it can use: it does what clients did before DANE. Those that cannot use what is there are
            // not DANE's; those that find nothing at all are the ones that a missing record fails.
            return isOpportunistic || certificate.isPublic || !records.isEmpty
        }
        if isAgile {
            let strongest = Dictionary(grouping: usable.filter { $0.matching != 0 }) { [$0.usage, $0.selector] }
                .mapValues { $0.map(\.matching).max() ?? 0 }
            usable = usable.filter {
                $0.matching == 0 || $0.matching == strongest[[$0.usage, $0.selector]]
            }
        }
        return usable.contains { record in
            certificate.data(usage: record.usage, selector: record.selector, matching: record.matching) == record.data
                && (record.usage > 1 || certificate.isPublic)
        }
    }

    /// Every client that these records can tell apart: each subset of their combinations, agile or not.
    static func all(for records: [SimulatedRecord], isOpportunistic: Bool) -> [SimulatedClient] {
        let combinations = Array(Set(records.map(\.combination)))
        return (0..<(1 << combinations.count)).flatMap { bits in
            let subset = Set(combinations.indices.filter { bits >> $0 & 1 == 1 }.map { combinations[$0] })
            return [false, true].map {
                SimulatedClient(supports: subset, isAgile: $0, isOpportunistic: isOpportunistic)
            }
        }
    }

    /// Whether some client fails.
    static func anyFails(
        _ records: [SimulatedRecord], _ certificates: [SimulatedCertificate], isOpportunistic: Bool
    ) -> Bool {
        let clients = all(for: records, isOpportunistic: isOpportunistic)
        return certificates.contains { certificate in
            clients.contains { !$0.accepts(certificate, with: records) }
        }
    }
}
