import DNSModel
import Diagnostics
import OpenSSLBridge

/// End-to-end certificates of XMPP accounts and their authorities (XEP-0416), on top of RFC 5280.
enum EndToEndLint {
    static func findings(_ chain: CertificateChain, at location: SourceLocation?) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for (position, certificate) in chain.path.enumerated() {
            if position == 0, !certificate.isCA {
                findings += leaf(certificate, at: location)
                if let authority = chain.path.dropFirst().first, let domain = authority.dnsNames.first {
                    findings += belonging(certificate, domain, at: location)
                }
            } else {
                findings += authority(certificate, isAboveLeaf: position == 1, at: location)
            }
        }
        return findings
    }

    private static func leaf(_ leaf: Certificate, at location: SourceLocation?) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        func report(_ rule: RuleID, _ message: String, _ references: RFCReference...) {
            findings.append(Diagnostic(.error, rule, at: location, message, references: references))
        }
        if leaf.extensions.keyUsage?.contains(.digitalSignature) != true {
            report("cert/no-digital-signature", "keyUsage lacks digitalSignature", .rfc(5280, "4.2.1.3"))
        }
        if leaf.subject.isEmpty { report("cert/xep-0416-subject", "the subject is empty", .rfc(5280, "4.1.2.6")) }
        if leaf.extensions.crlDistributionPoints?.isEmpty ?? true {
            report("cert/xep-0416-crl", "there is no CRL distribution point", .rfc(5280, "4.2.1.13"))
        }
        let addresses = leaf.xmppAddresses
        if addresses.count != 1 {
            report(
                "cert/xep-0416-xmpp-addr", "there are \(addresses.count) xmppAddr entries, expected exactly one",
                .rfc(6120, "13.7.1.4"))
        }
        let uris = leaf.subjectAlternativeNames.compactMap { name -> String? in
            if case .uri(let text) = name, text.text.lowercased().hasPrefix("reload:") { text.text } else { nil }
        }
        if uris.count != 1 {
            report(
                "cert/xep-0416-reload", "there are \(uris.count) RELOAD URIs, expected exactly one", .rfc(6940, "14.15")
            )
        }
        for uri in uris where !isReload(uri) {
            report(
                "cert/xep-0416-reload", "RELOAD URI '\(uri)' is not 'reload://<node-id>@xmpp.org/'", .rfc(6940, "14.15")
            )
        }
        if let address = addresses.first, address.utf8.allSatisfy({ $0 < 0x80 }) {
            let mails = leaf.subjectAlternativeNames.compactMap { name -> String? in
                if case .rfc822(let text) = name { text.text } else { nil }
            }
            if !mails.contains(address) {
                report(
                    "cert/xep-0416-rfc822", "the address '\(address)' is ASCII and does not stand as rfc822Name too",
                    .rfc(5280, "4.2.1.6"))
            }
        }
        return findings
    }

    /// `reload://` node-id in hexadecimal `@xmpp.org/`, and no specifier.
    private static func isReload(_ uri: String) -> Bool {
        guard uri.hasPrefix("reload://"), uri.hasSuffix("@xmpp.org/") else { return false }
        let node = uri.dropFirst(9).dropLast(10)
        return !node.isEmpty && node.allSatisfy { $0.isHexDigit }
    }

    /// A leaf below a domain's authority carries an address of that domain.
    private static func belonging(
        _ leaf: Certificate, _ domain: String, at location: SourceLocation?
    ) -> [Diagnostic] {
        let wanted = IDNA.asciiForm(domain)
        let fits = leaf.xmppAddresses.contains { address in
            let host = address.split(separator: "@", maxSplits: 1).last.map { String($0) } ?? ""
            return IDNA.asciiForm(String(host.prefix { $0 != "/" })) == wanted
        }
        return fits
            ? []
            : [
                .error(
                    "cert/xep-0416-foreign-address", at: location,
                    "the authority is for '\(domain)', and '\(leaf.label)' has no xmppAddr of that domain",
                    .rfc(6120, "13.7.1.4"))
            ]
    }

    private static func authority(
        _ authority: Certificate, isAboveLeaf: Bool, at location: SourceLocation?
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        func report(_ rule: RuleID, _ message: String, _ references: RFCReference...) {
            findings.append(
                Diagnostic(.error, rule, at: location, "'\(authority.label)': \(message)", references: references))
        }
        if !authority.isCA { report("cert/xep-0416-ca", "basicConstraints lacks CA true", .rfc(5280, "4.2.1.9")) }
        if authority.extensions.keyUsage?.contains(.keyCertSign) != true {
            report("cert/xep-0416-ca", "keyUsage lacks keyCertSign", .rfc(5280, "4.2.1.3"))
        }
        let isRoot = authority.isSelfIssued
        let domains = authority.dnsNames
        if !domains.isEmpty {
            if authority.extensions.basicConstraints?.pathLength != 0 {
                report("cert/xep-0416-ca", "a domain's authority has pathLen 0", .rfc(5280, "4.2.1.9"))
            }
            if domains.contains(where: { $0.contains("*") }) {
                report("cert/xep-0416-ca", "a domain's authority names it without wildcard", .rfc(9525, "6.3"))
            }
        }
        if !isRoot || !domains.isEmpty, authority.extensions.crlDistributionPoints?.isEmpty ?? true {
            report("cert/xep-0416-crl", "there is no CRL distribution point", .rfc(5280, "4.2.1.13"))
        }
        return findings
    }
}
