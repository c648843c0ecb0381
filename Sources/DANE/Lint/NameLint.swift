import DNSModel
import Diagnostics
import OpenSSLBridge

/// Names that are not written as their type demands.
enum NameEncodingLint {
    static func findings(_ leaf: Certificate, at location: SourceLocation?) -> [Diagnostic] {
        leaf.subjectAlternativeNames.flatMap { name -> [Diagnostic] in
            switch name {
            case .dns(let text): dns(text, at: location)
            case .srv(let text): srv(text, at: location)
            case .xmppAddress(let text) where text.encoding != .utf8String:
                [
                    .error(
                        "cert/name-encoding", at: location,
                        "xmppAddr '\(text.text)' is a \(text.encoding.name), expected UTF8String",
                        .rfc(6120, "13.7.1.4"))
                ]
            case .xmppAddress(let text) where !text.isWellFormed, .rfc822(let text) where !text.isWellFormed,
                .uri(let text) where !text.isWellFormed:
                [
                    .error(
                        "cert/name-encoding", at: location,
                        "\(name) has octets that a \(text.encoding.name) does not allow", .rfc(5280, "4.2.1.6"))
                ]
            default: []
            }
        }
    }

    private static func dns(_ text: EncodedText, at location: SourceLocation?) -> [Diagnostic] {
        if !text.isWellFormed {
            return [
                .error(
                    "cert/name-encoding", at: location,
                    "DNS-ID '\(text.text)' is not ASCII: dNSName is an IA5String", .rfc(5280, "4.2.1.6"),
                    .rfc(5280, "7.2"),
                    hint: "write it as '\(IDNA.asciiForm(text.text))'")
            ]
        }
        let labels = text.text.split(separator: ".", omittingEmptySubsequences: false)
        let stars = labels.enumerated().filter { $0.element.contains("*") }
        if stars.contains(where: { $0.offset > 0 || $0.element != "*" }) {
            return [
                .error(
                    "cert/bad-wildcard", at: location,
                    "DNS-ID '\(text.text)': '*' may only be the whole leftmost label", .rfc(9525, "6.3"))
            ]
        }
        if !stars.isEmpty, labels.count < 3 {
            return [
                .error(
                    "cert/bad-wildcard", at: location, "DNS-ID '\(text.text)' stands for a whole registry",
                    .rfc(9525, "7.1"))
            ]
        }
        guard (try? DomainName(text.text)) != nil, !text.text.contains(where: { $0 == " " || $0 == "/" || $0 == ":" })
        else {
            return [
                .error(
                    "cert/bad-dns-id", at: location, "DNS-ID '\(text.text)' is not a domain name", .rfc(5280, "4.2.1.6")
                )
            ]
        }
        return []
    }

    /// SRVName is `_Service.Name`, an IA5String, without transport and wildcard (RFC 4985 §2).
    private static func srv(_ text: EncodedText, at location: SourceLocation?) -> [Diagnostic] {
        let name = text.text
        var findings: [Diagnostic] = []
        if text.encoding != .ia5String || !text.isWellFormed {
            findings.append(
                .error(
                    "cert/name-encoding", at: location,
                    text.encoding == .ia5String
                        ? "SRV-ID '\(name)' is not ASCII: SRVName is an IA5String"
                        : "SRV-ID '\(name)' is a \(text.encoding.name), expected IA5String",
                    .rfc(4985, "2")))
        }
        if !name.hasPrefix("_") {
            findings.append(
                .error(
                    "cert/srv-id-without-service", at: location,
                    "SRV-ID '\(name)' lacks the service prefix, expected '_xmpp-client.\(name)' or"
                        + " '_xmpp-server.\(name)': it matches nothing",
                    .rfc(4985, "2"), hint: "have the certificate issued anew with the service in front"))
            return findings
        }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        if labels.count > 1, ["_tcp", "_udp", "_sctp"].contains(labels[1].lowercased()) {
            let rest = labels.dropFirst(2).joined(separator: ".")
            findings.append(
                .error(
                    "cert/srv-id-with-transport", at: location,
                    "SRV-ID '\(name)' has the transport in it, expected '\(labels[0]).\(rest)'", .rfc(4985, "2")))
        }
        if name.contains("*") {
            findings.append(
                .error(
                    "cert/srv-id-wildcard", at: location,
                    "SRV-ID '\(name)' has a wildcard, which RFC 4985 does not know",
                    .rfc(4985, "2"), .rfc(9525, "6.3")))
        }
        return findings
    }
}

/// Host names in a server's certificate.
enum HostNameLint {
    static func findings(_ leaf: Certificate, _ hosts: [DomainName], at location: SourceLocation?) -> [Diagnostic] {
        var findings = commonNameOnly(leaf, at: location)
        for host in hosts where ReferenceIdentity.host(host).match(in: leaf) == nil {
            findings.append(missing(host, leaf, at: location))
        }
        return findings
    }

    static func commonNameOnly(_ leaf: Certificate, at location: SourceLocation?) -> [Diagnostic] {
        guard leaf.subjectAlternativeNames.isEmpty else { return [] }
        let name = leaf.subject.commonNames.first.map { ", only the common name '\($0)'" } ?? ""
        return [
            .error(
                "cert/common-name-only", at: location,
                "the certificate has no subjectAltName\(name): clients no longer look at common names",
                .rfc(9525, "2"), .rfc(6125, "6.4.4"), hint: "have it issued anew with DNS-IDs")
        ]
    }

    static func missing(_ domain: DomainName, _ leaf: Certificate, at location: SourceLocation?) -> Diagnostic {
        let text = plain(domain)
        let below = leaf.dnsNames.first { $0.hasPrefix("*.") && text.hasSuffix(String($0.dropFirst(1))) }
        let why =
            below.map { "; '\($0)' stands for one label only" }
            ?? (leaf.dnsNames.contains("*.\(text)") ? "; '*.\(text)' does not stand for '\(text)' itself" : "")
        return .error(
            "cert/missing-dns-id", at: location, "no DNS-ID names '\(text)'\(why)", .rfc(9525, "6.3"),
            .rfc(6120, "13.7.1.2"), hint: "have the certificate issued anew with the DNS-ID '\(text)'")
    }

    static func plain(_ name: DomainName) -> String {
        let text = name.description
        return text.count > 1 && text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// What RFC 6120 §13.7 wants in an XMPP server's certificate.
enum XMPPNameLint {
    static func findings(
        _ leaf: Certificate, _ domains: [DomainName], _ targets: [DomainName], _ services: [String],
        at location: SourceLocation?
    ) -> [Diagnostic] {
        var findings = HostNameLint.commonNameOnly(leaf, at: location)
        // What a host presents for domains of others (RFC 7673 §4.2).
        let namesTargets = !targets.isEmpty && targets.allSatisfy { ReferenceIdentity.host($0).match(in: leaf) != nil }
        for domain in domains {
            let text = HostNameLint.plain(domain)
            if ReferenceIdentity.host(domain).match(in: leaf) == nil {
                findings.append(
                    namesTargets
                        ? onlyTargets(domain, targets, at: location)
                        : HostNameLint.missing(domain, leaf, at: location))
            }
            let lacking = services.filter { service in
                let identity = ReferenceIdentity(domain: text, service: service, acceptsXMPPAddress: false)
                return !leaf.subjectAlternativeNames.contains { name in
                    if case .srv = name { identity.matches(name) } else { false }
                }
            }
            if !lacking.isEmpty {
                let list = lacking.map { "'_\($0).\(IDNA.asciiForm(text))'" }.joined(separator: ", ")
                findings.append(
                    .note(
                        "cert/missing-srv-id", at: location, "there is no SRV-ID \(list)", .rfc(6120, "13.7.1.2"),
                        .rfc(4985, "2"),
                        hint:
                            "a DNS-ID will do; an SRV-ID confines the certificate to the service, if the CA issues them"
                    ))
            }
        }
        for target in targets
        where !domains.contains(target) && ReferenceIdentity.host(target).match(in: leaf) == nil {
            findings.append(
                .warning(
                    "cert/missing-target", at: location,
                    "no DNS-ID names the SRV target '\(HostNameLint.plain(target))'", .rfc(7673, "6"),
                    .rfc(7671, "5.2"), hint: "usage 2 and some servers under usage 3 want it beside the service domain")
            )
        }
        for address in leaf.xmppAddresses {
            findings.append(
                .warning(
                    "cert/xmpp-addr-in-server-certificate", at: location,
                    "xmppAddr '\(address)' stands in a server's certificate: RFC 3920's way, which RFC 6120 keeps for"
                        + " clients",
                    .rfc(6120, "13.7.1.4"), hint: "use a DNS-ID and, where the CA can, an SRV-ID"))
        }
        for wildcard in leaf.dnsNames where wildcard.hasPrefix("*.") {
            findings.append(
                .note(
                    "cert/wildcard", at: location,
                    "'\(wildcard)' stands for every name one label below, not for '\(wildcard.dropFirst(2))' itself",
                    .rfc(6120, "13.7.1.2"), .rfc(9525, "7.1"),
                    hint: "whoever has the key can be any of those hosts; name them one by one if you can"))
        }
        return findings
    }

    /// The service domain is not named, and the targets are: enough for clients that do DANE.
    private static func onlyTargets(
        _ domain: DomainName, _ targets: [DomainName], at location: SourceLocation?
    ) -> Diagnostic {
        let list = targets.map { "'\(HostNameLint.plain($0))'" }.joined(separator: ", ")
        return .warning(
            "cert/missing-dns-id", at: location,
            "no DNS-ID names '\(HostNameLint.plain(domain))', only the SRV target \(list)", .rfc(7673, "4.2"),
            .rfc(6120, "13.7.1.2"),
            hint:
                "enough where both zones are signed and the other side does DANE; some servers want the domain even then,"
                + " and those without DANE want it in any case, or POSH (RFC 7711)")
    }
}
