import DANE
import DNSModel
import Diagnostics
import Manifest
import Rollover

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
        let domains = poshDomains(of: certificate)
        if let posh = certificate.intent.posh {
            if domains.isEmpty { return [] }
            let names = domains.map(Self.host).joined(separator: ", ")
            return [
                "assumed: POSH documents of \(names) refer to \(posh.document.value), or are copies of it, made within"
                    + " \(posh.propagationDelay) s ('propagation') and believed for \(posh.expires) s ('expires') at most"
            ]
        }
        return domains.map { domain in
            let host = Self.host(domain)
            return "before it goes live, if \(host) serves POSH documents (RFC 7711): let"
                + " https://\(host)\(POSHDocument.wellKnownPath(service: "xmpp-client")) and"
                + " \(POSHDocument.wellKnownPath(service: "xmpp-server")) name the new certificate beside the present one"
                + " ('danectl posh \(host)' makes them), and wait for what the old ones give as 'expires';"
                + " danectl does not see them, and this is not proved: with 'posh' in the manifest danectl keeps the"
                + " document, and holds the certificate back until every copy names it"
        }
    }

    /// A domain as people write it.
    private static func host(_ domain: DomainName) -> String {
        let name = domain.presentationFormat.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// Everything that is known of a certificate's document.
    func documentTrack(_ posh: POSHIntent, _ histories: Histories) -> Track {
        Track(
            id: posh.track,
            timing: .published(
                propagation: posh.propagationDelay, caches: Timing.Caches(layers: 1, rounding: 1, useDelay: 60)),
            prior: .absent(negativeTTL: TTL(0)), history: histories.documents[posh.track] ?? [])
    }

    /// Compares what the state says of a document with the file; where they differ, the past counts as unknown.
    mutating func agree(withDocumentOf certificate: CertificateCase, _ state: inout CertificateState) {
        guard let posh = certificate.intent.posh, let file = certificate.document else { return }
        var events = (state.documents ?? []).filter { $0.track == posh.track }
        let found = Event(at: now, track: posh.track, kind: .found(file.content, ttl: file.expires))
        if let latest = events.history.latest {
            if !events.history.isUnfinished,
                latest.content != file.content || latest.ttl != file.expires && file.content != .absent
            {
                findings.append(
                    .warning(
                        "state/disagrees", at: SourceLocation(file: workspace.path(posh.document.value)),
                        "the document names \(file.content), the state says \(latest.content): what it said before is unknown",
                        hint: "danectl waits for 'expires', as if every client held the worst"))
                let longest = max(posh.expires, max(latest.ttl, file.expires))
                events += [Event(at: now, track: posh.track, kind: .historyLost(maximumTTL: longest)), found]
            }
        } else if file.content != .absent {
            events.append(found)
        }
        if !events.isEmpty { state.documents = events }
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
