import DNSModel
import Diagnostics
import OpenSSLBridge

extension KeyPlan {
    /// A key as it stands at the moment of signing.
    struct Candidate {
        var dnskey: RData.DNSKEY
        var privateKey: PrivateKey?
        var isPublished: Bool
        var isActive: Bool
        /// Whether it may sign the DNSKEY RRset.
        var signsKeys: Bool
        /// Whether it may sign everything else.
        var signsZone: Bool
        /// Whether the parent may be asked to point to it.
        var isForParent: Bool
    }

    /// Decides who signs what.
    ///
    /// Where an algorithm has no key for a task, its other keys take it on: every algorithm must sign everything. A revoked
    /// key signs the DNSKEY RRset only (RFC 5011 §2.1).
    static func make(
        _ candidates: [Candidate], foreign: [RData.DNSKEY], apex: DomainName
    ) throws(DiagnosedFailure) -> (plan: KeyPlan, findings: [Diagnostic]) {
        var findings = problems(candidates, apex: apex)
        if findings.hasErrors { throw DiagnosedFailure(findings) }
        var plan = KeyPlan()
        plan.own = Set(candidates.map(\.dnskey.wireFormat))
        plan.published = candidates.filter(\.isPublished).map(\.dnskey.wireFormat)
        let signing = candidates.filter { $0.isActive && $0.privateKey != nil }.sorted {
            ($0.dnskey.algorithm.rawValue, $0.dnskey.keyTag) < ($1.dnskey.algorithm.rawValue, $1.dnskey.keyTag)
        }
        for candidate in signing {
            guard let privateKey = candidate.privateKey else { continue }
            plan.active.append(
                ActiveKey(
                    algorithm: candidate.dnskey.algorithm.rawValue, keyTag: candidate.dnskey.keyTag,
                    privateKey: privateKey, dnskey: candidate.dnskey.wireFormat))
        }
        findings += plan.markAmbiguous()
        plan.assign(signing)
        plan.parentSignalKeys = signing.enumerated()
            .filter { plan.parentSignalSigners.contains($0.offset) && $0.element.isForParent }.map(\.element.dnskey)
        findings += plan.gaps(published: candidates.filter(\.isPublished).map(\.dnskey) + foreign, apex: apex)
        if findings.hasErrors { throw DiagnosedFailure(findings) }
        return (plan, findings)
    }

    private mutating func assign(_ signing: [Candidate]) {
        for algorithm in Set(signing.map(\.dnskey.algorithm)) {
            let keys = signing.indices.filter { signing[$0].dnskey.algorithm == algorithm }
            let ordinary = keys.filter { !signing[$0].dnskey.isRevoked }
            let forZone = ordinary.filter { signing[$0].signsZone }
            zoneSigners += forZone.isEmpty ? ordinary : forZone
            let published = keys.filter { signing[$0].isPublished }
            let forKeys = published.filter { signing[$0].signsKeys && !signing[$0].dnskey.isRevoked }
            let keySigners = forKeys.isEmpty ? published.filter { !signing[$0].dnskey.isRevoked } : forKeys
            dnskeySigners += keySigners + published.filter { signing[$0].dnskey.isRevoked }
            parentSignalSigners += keySigners
        }
        zoneSigners.sort()
        dnskeySigners.sort()
        parentSignalSigners.sort()
    }

    /// What is wrong with single keys.
    private static func problems(_ candidates: [Candidate], apex: DomainName) -> [Diagnostic] {
        candidates.compactMap { key in
            let name = "key \(key.dnskey.keyTag) of algorithm \(key.dnskey.algorithm)"
            if !key.dnskey.isZoneKey || key.dnskey.protocolField != 3 {
                return .error(
                    .keys, "\(name) is no zone key: flags \(key.dnskey.flags), protocol \(key.dnskey.protocolField)",
                    .rfc(4034, "2.1.1"))
            }
            if let privateKey = key.privateKey, privateKey.publicKeyOctets != key.dnskey.publicKey {
                return .error(
                    .keys, "the private half of \(name) belongs to another key",
                    hint: "are the .key and .private files of one pair?")
            }
            if key.isActive, key.privateKey == nil {
                return .warning(.keys, "\(name) should sign, but its private half is not at hand")
            }
            return nil
        }
    }

    private mutating func markAmbiguous() -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for index in active.indices.dropFirst()
        where active[index].keyTag == active[index - 1].keyTag && active[index].algorithm == active[index - 1].algorithm
        {
            active[index].isAmbiguous = true
            active[index - 1].isAmbiguous = true
            findings.append(
                .warning(
                    .keys,
                    "two keys that sign have key tag \(active[index].keyTag) and algorithm \(active[index].algorithm)",
                    .rfc(4034, "B"), hint: "replace one of them: validators may give up on such a zone"))
        }
        return findings
    }

    /// What no key does.
    private func gaps(published: [RData.DNSKEY], apex: DomainName) -> [Diagnostic] {
        if published.isEmpty {
            return [
                .error(
                    .keys, "no key of zone \(apex) is published now", .rfc(4035, "2.1"),
                    hint: "make one, or look at the keys' dates")
            ]
        }
        if dnskeySigners.isEmpty {
            return [
                .error(
                    .keys, "no key of zone \(apex) that is published now may sign its DNSKEY records",
                    .rfc(4035, "2.1"),
                    hint: "look at the keys' dates, and whether their private halves are there")
            ]
        }
        let zoneAlgorithms = Set(zoneSigners.map { active[$0].algorithm })
        return Set(published.map(\.algorithm.rawValue)).subtracting(zoneAlgorithms).sorted().map { algorithm in
            .error(
                .keyAlgorithms,
                "a key of algorithm \(SecurityAlgorithm(rawValue: algorithm)) is published, but none of them signs now",
                .rfc(4035, "2.2"), .rfc(6840, "5.11"),
                hint: "let such a key sign, or withdraw all keys of the algorithm")
        }
    }
}
