import DNSModel
import Diagnostics
import Yams

/// Reads one entry of `certificates`.
enum CertificateReader {
    static func read(_ name: String, _ node: ManifestNode, _ findings: inout [Diagnostic]) -> CertificateIntent? {
        guard var mapping = MappingReader(node, path: "certificates.\(name)", into: &findings) else { return nil }
        let live = files("live", &mapping, &findings)
        if live == nil, !findings.contains(where: { $0.location == mapping.location && $0.severity == .error }) {
            findings.append(
                .error(
                    "manifest/missing-key", at: mapping.location, "'\(mapping.path)' has no usable 'live'",
                    hint: "add 'live: FILE', or 'live: { chain: FILE, key: FILE }'"))
        }
        let staged = files("staged", &mapping, &findings)
        let window = mapping.duration("deploy-window", &findings) ?? ManifestDefaults.deployWindow
        let tlsa = parameters(&mapping, &findings)
        let ttl = mapping.ttl("ttl", &findings) ?? ManifestDefaults.tlsaTTL
        let strategy = mapping.choice("rollover", RolloverStrategy.self, &findings) ?? .spareKey
        let layers =
            mapping.value("cache-layers", expected: "a number from 1 to 8", &findings) { text -> Int? in
                Int(text).flatMap { (1...8).contains($0) ? $0 : nil }
            } ?? ManifestDefaults.cacheLayers
        let reload = mapping.strings("reload", &findings)?.map(\.value) ?? []
        let timeout = mapping.duration("reload-timeout", &findings) ?? ManifestDefaults.reloadTimeout
        let posh = posh(&mapping, &findings)
        mapping.finish(&findings)
        guard let live else { return nil }
        return CertificateIntent(
            name: name, location: node.location, live: live, staged: staged, deployWindow: window,
            tlsa: tlsa.isEmpty ? [Located(ManifestDefaults.tlsa, at: mapping.location)] : tlsa, ttl: ttl,
            strategy: strategy, cacheLayers: layers, reload: reload, reloadTimeout: timeout, posh: posh)
    }

    /// A path, or `{ chain: …, key: … }`.
    private static func files(
        _ key: String, _ mapping: inout MappingReader, _ findings: inout [Diagnostic]
    ) -> Located<CertificateFiles>? {
        guard let node = mapping.take(key) else { return nil }
        if let path = node.text {
            if !path.isEmpty { return Located(CertificateFiles(chain: path, key: nil), at: node.location) }
            findings.append(.badValue("manifest/bad-value", node, key: mapping.path(of: key), expected: "a file"))
            return nil
        }
        guard var inner = MappingReader(node, path: mapping.path(of: key), into: &findings) else { return nil }
        let chain = inner.requiredString("chain", example: "fullchain.pem", &findings)
        let keyFile = inner.string("key", &findings)
        inner.finish(&findings)
        return chain.map { Located(CertificateFiles(chain: $0.value, key: keyFile?.value), at: node.location) }
    }

    /// `{ document: …, expires: …, propagation: … }`.
    private static func posh(_ mapping: inout MappingReader, _ findings: inout [Diagnostic]) -> POSHIntent? {
        guard let node = mapping.take("posh"),
            var inner = MappingReader(node, path: mapping.path(of: "posh"), into: &findings)
        else { return nil }
        let document = inner.requiredString("document", example: "posh/xmpp.json", &findings)
        let expires = inner.ttl("expires", &findings) ?? ManifestDefaults.poshExpires
        let propagation = inner.duration("propagation", &findings) ?? ManifestDefaults.poshPropagationDelay
        inner.finish(&findings)
        guard expires.rawValue > 0 else {
            findings.append(
                .error(
                    "manifest/bad-value", at: node.location, "'expires' is 0: clients take the document for invalid",
                    .rfc(7711, "3.1"), hint: "a day is '1d'"))
            return nil
        }
        return document.map { POSHIntent(document: $0, expires: expires, propagationDelay: propagation) }
    }

    /// `3 1 1`, `dane-ee spki sha2-256`, or a list of such.
    private static func parameters(
        _ mapping: inout MappingReader, _ findings: inout [Diagnostic]
    ) -> [Located<TLSAParameters>] {
        guard let texts = mapping.strings("tlsa", &findings) else { return [] }
        var result: [Located<TLSAParameters>] = []
        for text in texts {
            guard let parameters = TLSAParameters(text: text.value) else {
                findings.append(
                    .error(
                        "manifest/tlsa", at: text.location,
                        "'\(mapping.path(of: "tlsa"))' is \"\(text.value)\"; expected usage, selector and matching type",
                        .rfc(6698, "2.1"), .rfc(7218, "2"), hint: "write '3 1 1' or 'dane-ee spki sha2-256'"))
                continue
            }
            if result.contains(where: { $0.value == parameters }) {
                findings.append(.warning("manifest/duplicate", at: text.location, "'\(text.value)' stands twice"))
                continue
            }
            result.append(Located(parameters, at: text.location))
        }
        return result
    }
}

extension TLSAParameters {
    /// Reads three numbers or mnemonics (RFC 7218), parted by spaces: `3 1 1`, `DANE-EE SPKI SHA2-256`.
    public init?(text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { $0.lowercased() }
        guard words.count == 3 else { return nil }
        let usages = ["pkix-ta": 0, "pkix-ee": 1, "dane-ta": 2, "dane-ee": 3] as [String: UInt8]
        let selectors = ["cert": 0, "spki": 1] as [String: UInt8]
        let matchings = ["full": 0, "sha2-256": 1, "sha2-512": 2] as [String: UInt8]
        guard let usage = usages[words[0]] ?? UInt8(words[0]), usage <= 3,
            let selector = selectors[words[1]] ?? UInt8(words[1]), selector <= 1,
            let matching = matchings[words[2]] ?? UInt8(words[2]), matching <= 2
        else { return nil }
        self.init(
            usage: CertificateUsage(rawValue: usage), selector: Selector(rawValue: selector),
            matchingType: MatchingType(rawValue: matching))
    }
}
