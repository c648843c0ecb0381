import DNSModel
import DNSSEC
import Diagnostics
import Manifest

/// Whether signatures live long enough for everybody who may still hold them.
enum SignatureTimesCheck {
    /// A signature that is served last just before its refresh must outlive the time that a stuck secondary serves it (SOA
    /// expire) and the time that caches keep it (the largest TTL), or validators see it expire.
    static func findings(_ intent: ZoneIntent, zone: Zone) -> [Diagnostic] {
        guard let soa = zone.rrset(zone.apex, .soa)?.rdata.first.flatMap({ try? RData.SOA(wireFormat: $0) }) else {
            return []
        }
        var findings: [Diagnostic] = []
        let largestTTL = Int64(zone.records.reduce(0) { max($0, $1.ttl.rawValue) })
        let needed = Int64(soa.expire) + largestTTL
        let refresh = intent.policy.signatures.refresh
        if refresh < needed {
            findings.append(
                .warning(
                    "sign/refresh-below-expire", at: intent.policy.location,
                    """
                    signatures are remade with \(DurationText.text(refresh)) left, but a secondary that has lost its \
                    primary serves them for another \(DurationText.text(Int64(soa.expire))) (SOA expire) and caches keep \
                    them for \(DurationText.text(largestTTL)) more
                    """,
                    .rfc(6781, "4.4.2.2"),
                    hint:
                        "let 'refresh' be at least \(DurationText.text(needed)), or lower SOA expire to at most \(DurationText.text(max(0, refresh - largestTTL)))"
                ))
        }
        if largestTTL > Int64(intent.policy.maximumTTL.rawValue) {
            findings.append(
                .warning(
                    "sign/ttl-above-maximum", at: intent.policy.location,
                    "a record's TTL is \(largestTTL) seconds, the policy's maximum is \(intent.policy.maximumTTL): it is cut when signing",
                    .rfc(6781, "4.4.2")))
        }
        return findings
    }
}
