import DANE
import DNSModel
import Manifest

/// Domains whose records are not ours to sign: what they say of certificates, they say by POSH (RFC 7711).
extension RolloverWorld {
    /// The XMPP domains of a certificate's services for which TLSA is not in our hands, since their own zone or their
    /// target's is not ours.
    func poshDomains(of certificate: CertificateCase) -> [DomainName] {
        let name = certificate.intent.name
        var domains: Set<DomainName> = []
        for endpoint in survey.map?.endpoints ?? []
        where endpoint.serviceProtocol.isXMPP && endpoint.authority.ownApex == nil
            && endpoint.certificates.contains(name)
        {
            domains.insert(endpoint.sourceDomain)
        }
        for service in workspace.manifest.services where service.certificates.contains(where: { $0.value == name }) {
            guard let domain = service.xmppDomain, survey.zones.authority(of: domain).ownApex == nil else { continue }
            domains.insert(domain)
        }
        return domains.sorted()
    }

    /// What must be done by hand before a certificate goes live.
    func poshNotes(on certificate: CertificateCase) -> [String] {
        poshDomains(of: certificate).map { domain in
            let name = domain.presentationFormat.lowercased()
            let host = name.hasSuffix(".") ? String(name.dropLast()) : name
            return "before it goes live, if \(host) serves POSH documents (RFC 7711): let"
                + " https://\(host)\(POSHDocument.wellKnownPath(service: "xmpp-client")) and"
                + " \(POSHDocument.wellKnownPath(service: "xmpp-server")) name the new certificate beside the present one"
                + " ('danectl posh \(host)' makes them), and wait for what the old ones give as 'expires';"
                + " danectl does not see them, and this is not proved"
        }
    }
}

extension ServiceIntent {
    /// The domain whose XMPP service it is, or `nil`.
    var xmppDomain: DomainName? {
        switch kind {
        case .xmpp(let domain): domain
        case .srv(let name):
            ServiceProtocol.xmppLabels.contains { label in
                name.labels.first.map { $0.elementsEqual("_\(label)".utf8) } ?? false
            } ? name.parent?.parent : nil
        case .mx, .tcp: nil
        }
    }
}
