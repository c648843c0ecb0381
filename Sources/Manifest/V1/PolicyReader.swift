import DNSModel
import Diagnostics

/// Reads one entry of `policies`.
struct PolicyReader {
    static func read(_ name: String, _ node: ManifestNode, _ findings: inout [Diagnostic]) -> SigningPolicy? {
        guard var mapping = MappingReader(node, path: "policies.\(name)", into: &findings) else { return nil }
        let algorithm = readAlgorithm(&mapping, &findings) ?? ManifestDefaults.algorithm
        let bits = mapping.value("rsa-bits", expected: "a number from 2048 to 4096", &findings) { text -> Int? in
            Int(text).flatMap { (2_048...4_096).contains($0) ? $0 : nil }
        }
        let isRSA = algorithm == .rsasha256 || algorithm == .rsasha512
        if bits != nil, !isRSA {
            findings.append(
                .warning(
                    "manifest/no-effect", at: mapping.location,
                    "'rsa-bits' has no effect with algorithm \(algorithm)"))
        }
        let keys = mapping.take("keys").map { readKeys($0, name, &findings) } ?? ManifestDefaults.keys
        let denial = mapping.take("denial").map { readDenial($0, name, &findings) } ?? ManifestDefaults.denial
        let signatures =
            mapping.take("signatures").map { readSignatures($0, name, &findings) } ?? ManifestDefaults.signatures
        var dnskeyTTL = ManifestDefaults.dnskeyTTL
        var maximumTTL = ManifestDefaults.maximumTTL
        if let node = mapping.take("ttl"),
            var ttl = MappingReader(node, path: "policies.\(name).ttl", into: &findings)
        {
            dnskeyTTL = ttl.ttl("dnskey", &findings) ?? dnskeyTTL
            maximumTTL = ttl.ttl("maximum", &findings) ?? maximumTTL
            ttl.finish(&findings)
        }
        let propagation = mapping.duration("propagation", &findings) ?? ManifestDefaults.propagationDelay
        let parent = mapping.take("parent").map { readParent($0, name, &findings) } ?? ManifestDefaults.parent
        let publishesCDS = mapping.boolean("cds", &findings) ?? true
        let zonemd = readZonemd(&mapping, &findings)
        mapping.finish(&findings)
        return SigningPolicy(
            name: name, location: mapping.location, algorithm: algorithm, keys: keys,
            rsaBits: isRSA ? bits ?? ManifestDefaults.rsaBits : nil, denial: denial, signatures: signatures,
            dnskeyTTL: dnskeyTTL, maximumTTL: maximumTTL, propagationDelay: propagation, parent: parent,
            publishesCDS: publishesCDS, zonemd: zonemd)
    }

    /// What a zone without a policy is signed with.
    static func standard(at location: SourceLocation) -> SigningPolicy {
        SigningPolicy(
            name: "default", location: location, algorithm: ManifestDefaults.algorithm, keys: ManifestDefaults.keys,
            rsaBits: nil, denial: ManifestDefaults.denial, signatures: ManifestDefaults.signatures,
            dnskeyTTL: ManifestDefaults.dnskeyTTL, maximumTTL: ManifestDefaults.maximumTTL,
            propagationDelay: ManifestDefaults.propagationDelay, parent: ManifestDefaults.parent, publishesCDS: true,
            zonemd: nil)
    }

    private static let algorithms: [(String, SecurityAlgorithm)] = [
        ("rsasha256", .rsasha256), ("rsasha512", .rsasha512), ("ecdsap256sha256", .ecdsap256sha256),
        ("ecdsap384sha384", .ecdsap384sha384), ("ed25519", .ed25519), ("ed448", .ed448),
    ]

    private static func readAlgorithm(
        _ mapping: inout MappingReader, _ findings: inout [Diagnostic]
    ) -> SecurityAlgorithm? {
        guard let node = mapping.take("algorithm") else { return nil }
        let names = algorithms.map(\.0)
        if let text = node.text {
            if let match = algorithms.first(where: { $0.0 == text.lowercased() || String($0.1.rawValue) == text }) {
                return match.1
            }
            if let known = SecurityAlgorithm(mnemonic: text), known == .rsasha1 || known == .rsasha1NSEC3 {
                findings.append(
                    .badValue(
                        "manifest/algorithm", node, key: mapping.path(of: "algorithm"),
                        expected: "an algorithm that may still sign", .rfc(9904),
                        hint: "SHA-1 must not be used for new signatures; use ecdsap256sha256"))
                return nil
            }
        }
        let suggestion = node.text.flatMap { Suggestion.closest(to: $0, among: names) }
        findings.append(
            .badValue(
                "manifest/algorithm", node, key: mapping.path(of: "algorithm"),
                expected: "one of \(names.joined(separator: ", "))", .rfc(9904),
                hint: suggestion.map { "did you mean '\($0)'?" }))
        return nil
    }

    private static func readKeys(_ node: ManifestNode, _ name: String, _ findings: inout [Diagnostic]) -> KeyPolicy {
        if node.text == "csk" { return .combined(csk: .unlimited) }
        guard var mapping = MappingReader(node, path: "policies.\(name).keys", into: &findings) else {
            return ManifestDefaults.keys
        }
        defer { mapping.finish(&findings) }
        func lifetime(_ role: String) -> KeyLifetime? {
            guard let node = mapping.take(role) else { return nil }
            guard var inner = MappingReader(node, path: mapping.path(of: role), into: &findings) else { return nil }
            defer { inner.finish(&findings) }
            return inner.value("lifetime", expected: "'unlimited' or a duration such as 90d", &findings) {
                $0.lowercased() == "unlimited" ? .unlimited : DurationText.seconds($0).map { .seconds($0) }
            } ?? .unlimited
        }
        let ksk = lifetime("ksk")
        let zsk = lifetime("zsk")
        let csk = lifetime("csk")
        if let csk {
            if ksk != nil || zsk != nil {
                findings.append(
                    .error(
                        "manifest/keys", at: mapping.location, "'csk' stands beside 'ksk' or 'zsk'",
                        hint: "a combined key is both: keep 'csk', or 'ksk' and 'zsk'"))
            }
            return .combined(csk: csk)
        }
        guard ksk != nil || zsk != nil else { return ManifestDefaults.keys }
        return .split(ksk: ksk ?? .unlimited, zsk: zsk ?? .unlimited)
    }

    private static func readSignatures(
        _ node: ManifestNode, _ name: String, _ findings: inout [Diagnostic]
    ) -> SignaturePolicy {
        var policy = ManifestDefaults.signatures
        guard var mapping = MappingReader(node, path: "policies.\(name).signatures", into: &findings) else {
            return policy
        }
        let validity = mapping.duration("validity", &findings)
        policy.validity = validity ?? policy.validity
        policy.refresh = mapping.duration("refresh", &findings) ?? min(policy.refresh, policy.validity / 2)
        policy.jitter = mapping.duration("jitter", &findings) ?? min(policy.jitter, policy.validity / 24)
        policy.inceptionOffset = mapping.duration("inception-offset", &findings) ?? policy.inceptionOffset
        mapping.finish(&findings)
        if policy.refresh + policy.jitter >= policy.validity {
            findings.append(
                .error(
                    "manifest/signature-times", at: mapping.location,
                    "refresh \(DurationText.text(policy.refresh)) and jitter \(DurationText.text(policy.jitter)) leave nothing of validity \(DurationText.text(policy.validity))",
                    .rfc(6781, "4.4.2"), hint: "a signature must live longer than refresh and jitter together"))
        }
        return policy
    }

    private static func readParent(_ node: ManifestNode, _ name: String, _ findings: inout [Diagnostic]) -> ParentPolicy
    {
        var policy = ManifestDefaults.parent
        guard var mapping = MappingReader(node, path: "policies.\(name).parent", into: &findings) else { return policy }
        policy.dsTTL = mapping.ttl("ds-ttl", &findings) ?? policy.dsTTL
        policy.propagationDelay = mapping.duration("propagation", &findings) ?? policy.propagationDelay
        policy.registrationDelay = mapping.duration("registration", &findings) ?? policy.registrationDelay
        mapping.finish(&findings)
        return policy
    }

    private static func readZonemd(_ mapping: inout MappingReader, _ findings: inout [Diagnostic]) -> UInt8? {
        mapping.value("zonemd", expected: "one of none, sha384, sha512", &findings) { text -> UInt8?? in
            switch text.lowercased() {
            case "none", "false", "no": .some(nil)
            case "sha384", "true", "yes": 1
            case "sha512": 2
            default: .none
            }
        } ?? nil
    }
}

extension MappingReader {
    /// A TTL: a duration of at most 2³¹−1 seconds (RFC 2181 §8).
    mutating func ttl(_ key: String, _ findings: inout [Diagnostic]) -> TTL? {
        value(key, expected: "a TTL such as 1h, at most 2147483647 seconds", &findings) { text -> TTL? in
            DurationText.seconds(text).flatMap { $0 <= 0x7FFF_FFFF ? TTL(UInt32($0)) : nil }
        }
    }
}
