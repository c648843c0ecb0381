import DNSModel
import Diagnostics
import Yams

/// Reads `services`.
enum ServiceReader {
    static func read(
        _ node: ManifestNode, certificates: [CertificateIntent], _ findings: inout [Diagnostic]
    ) -> [ServiceIntent] {
        guard case .sequence(let sequence) = node.node else {
            if !node.isEmptyScalar {
                findings.append(.badValue("manifest/wrong-type", node, key: "services", expected: "a list"))
            }
            return []
        }
        var services: [ServiceIntent] = []
        var places: [ServiceIntent.Kind: Int] = [:]
        for element in sequence {
            let node = ManifestNode(element, file: node.location.file)
            guard let service = entry(node, certificates: certificates, &findings) else { continue }
            // A service may stand twice, for an RSA and an ECDSA certificate, but not with the same one.
            let known = places[service.kind].map { services[$0].certificates.map(\.value) } ?? []
            if !known.isEmpty, service.certificates.allSatisfy({ known.contains($0.value) }) {
                findings.append(
                    .warning(
                        "manifest/duplicate", at: service.location, "this service stands twice with its certificate"))
                continue
            }
            places[service.kind] = services.count
            services.append(service)
        }
        return services
    }

    private static func entry(
        _ node: ManifestNode, certificates: [CertificateIntent], _ findings: inout [Diagnostic]
    ) -> ServiceIntent? {
        guard var mapping = MappingReader(node, path: "services", into: &findings) else { return nil }
        var kinds: [ServiceIntent.Kind] = []
        for (key, make) in [
            ("xmpp", { .xmpp($0) }), ("srv", { .srv($0) }), ("mx", { .mx($0) }),
        ] as [(String, (DomainName) -> ServiceIntent.Kind)] {
            guard let text = mapping.string(key, &findings) else { continue }
            guard let name = ManifestNames.name(text.value, at: text.location, key: "services.\(key)", &findings) else {
                continue
            }
            kinds.append(make(name))
        }
        if let text = mapping.string("tcp", &findings), let kind = hostAndPort(text, &findings) { kinds.append(kind) }
        let named = mapping.strings("certificate", &findings)
        mapping.finish(&findings)
        for certificate in named ?? [] where !certificates.contains(where: { $0.name == certificate.value }) {
            let suggestion = Suggestion.closest(to: certificate.value, among: certificates.map(\.name))
            findings.append(
                .error(
                    "manifest/unknown-certificate", at: certificate.location,
                    "'\(certificate.value)' is not in 'certificates'",
                    hint: suggestion.map { "did you mean '\($0)'?" }))
        }
        guard kinds.count == 1, let kind = kinds.first else {
            if kinds.count > 1 || !findings.contains(where: { $0.severity == .error && isInside($0, node) }) {
                findings.append(
                    .error(
                        "manifest/service", at: node.location,
                        "a service has one of xmpp, srv, mx and tcp, not \(kinds.count)"))
            }
            return nil
        }
        guard let named, !named.isEmpty else {
            findings.append(
                .error(
                    "manifest/missing-key", at: node.location, "a service has no 'certificate'",
                    hint: "add 'certificate: NAME', a name of 'certificates'"))
            return nil
        }
        var once: [Located<String>] = []
        for certificate in named {
            if once.contains(where: { $0.value == certificate.value }) {
                findings.append(
                    .warning("manifest/duplicate", at: certificate.location, "'\(certificate.value)' stands twice"))
            } else {
                once.append(certificate)
            }
        }
        return ServiceIntent(kind: kind, certificates: once, location: node.location)
    }

    private static func isInside(_ finding: Diagnostic, _ node: ManifestNode) -> Bool {
        (finding.location?.line ?? 0) >= node.location.line
    }

    private static func hostAndPort(_ text: Located<String>, _ findings: inout [Diagnostic]) -> ServiceIntent.Kind? {
        guard let colon = text.value.lastIndex(of: ":"),
            let port = UInt16(text.value[text.value.index(after: colon)...]),
            port != 0
        else {
            findings.append(
                .error(
                    "manifest/bad-value", at: text.location,
                    "'services.tcp' is \"\(text.value)\"; expected host:port", hint: "write 'www.example.org:443'"))
            return nil
        }
        let host = String(text.value[..<colon])
        return ManifestNames.name(host, at: text.location, key: "services.tcp", &findings).map { .tcp($0, port: port) }
    }
}
