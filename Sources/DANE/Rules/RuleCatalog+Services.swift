import Diagnostics

extension RuleCatalog {
    /// Rules of services and of the TLSA RRsets they need.
    static let daneServices = RuleCatalog([
        RuleExplanation(
            "dane/alias-loop", "CNAME records lead round in a circle",
            "Resolvers give up after a few steps, so the service is not there. Remove one of the CNAME records.",
            .rfc(1034, "3.6.2")),
        RuleExplanation(
            "dane/certificate-lacks-name", "the certificate does not name both the service domain and the SRV target",
            "By the letter, usage 3 ignores names and usage 2 wants either of the two. Deployed servers differ: Prosody"
                + " wants the XMPP domain even under 3 1 1, OpenSSL without its no-name-check flag wants the target. A"
                + " certificate that has both as DNS-IDs pleases all.",
            .rfc(7673, "6"), .rfc(7671, "5")),
        RuleExplanation(
            "dane/empty-non-terminal", "'_tcp.host' will own no records, but have TLSA below it",
            "Such a name exists, and must be answered with NOERROR and no data. Some servers say NXDOMAIN; resolvers that"
                + " minimize names (RFC 9156) then conclude that nothing is below, and the TLSA is lost. danectl's own"
                + " NSEC and NSEC3 chains cover the name; check that every secondary answers as the primary does.",
            .rfc(8020, "2"), .rfc(9156)),
        RuleExplanation(
            "dane/insecure-target-spoils-all", "some SRV targets of a service are signed, others are not",
            "RFC 7673 judges each target by itself. Prosody, for one, looks at the TLSA of all targets together when"
                + " another server calls: one that is not signed disables DANE for the whole domain, and plain PKIX"
                + " decides. Have the odd zone signed, or take its target out of the SRV records.",
            .rfc(7673, "3.2")),
        RuleExplanation(
            "dane/mixed-digests", "SHA-256 and SHA-512 records of the same usage and selector stand side by side",
            "A client with digest agility looks at the strongest digest alone: if the SHA-512 record is stale, the good"
                + " SHA-256 record does not save it. And Prosody's check of incoming connections compares SHA-256 records"
                + " with a SHA-512 value once it has seen one. One digest suffices.",
            .rfc(7671, "9")),
        RuleExplanation(
            "dane/name-too-long", "the TLSA name would be longer than a domain name may be",
            "'_port._proto.' before the host name must fit into 255 octets. Use a shorter host name as SRV target.",
            .rfc(6698, "3")),
        RuleExplanation(
            "dane/no-such-service", "the service has no SRV record in our zone",
            "TLSA stands below the SRV target, so without SRV records there is nothing to derive it from. Add them, or"
                + " name host and port with 'tcp:'.",
            .rfc(7673, "3.1")),
        RuleExplanation(
            "dane/not-a-service-name", "'srv:' wants the owner name of SRV records",
            "That is '_service._proto.domain', as '_xmpp-server._tcp.chat.example.org'.", .rfc(2782)),
        RuleExplanation(
            "dane/not-offered-beside-targets", "the target '.' stands beside real targets",
            "A target of '.' says that the service is decidedly not offered, and must stand alone. Clients differ in what"
                + " they make of the contradiction.",
            .rfc(2782)),
        RuleExplanation(
            "dane/pkix-usage-smtp", "mail servers do not use certificate usages 0 and 1",
            "There is no agreed set of public authorities between mail servers, so RFC 7672 makes PKIX-TA and PKIX-EE"
                + " records unusable: a sender goes on as if they were not there, without authentication. Use 3 1 1 or"
                + " 2 1 1.",
            .rfc(7672, "3.1.3")),
        RuleExplanation(
            "dane/service-not-ours", "the service's own records are not in our zones",
            "Without the zone there is no telling where its SRV or MX records lead. Name the zone in the manifest, or the"
                + " host and port with 'tcp:'.",
            .rfc(7673, "3.1")),
        RuleExplanation(
            "dane/target-is-cname", "an SRV or MX target is an alias",
            "RFC 2782 forbids it, and clients differ: some look for TLSA below the alias, some below the name it leads to,"
                + " some nowhere. danectl publishes both where it can. Name the real host as target.",
            .rfc(2782), .rfc(7671, "7")),
        RuleExplanation(
            "dane/target-outside-signed-zones", "the target is in no signed zone of the manifest",
            "DANE needs the SRV records, the target's addresses and its TLSA all signed. What we sign ends at the SRV"
                + " record; whoever runs the target's zone must sign it and publish the TLSA records shown by 'danectl"
                + " services'. For hosts that cannot, there is POSH (RFC 7711).",
            .rfc(7673, "3.2"), .rfc(7673, "6")),
        RuleExplanation(
            "dane/target-without-address", "the target has neither A nor AAAA records",
            "Nobody can connect to it. Add an address, or take the target out of the SRV or MX records.",
            .rfc(7673, "3.2")),
        RuleExplanation(
            "dane/tlsa-at-service-domain", "TLSA stands at the service domain, where no client looks",
            "The TLSA base domain of a service with SRV or MX records is the target's host name, and the port is the"
                + " target's. A record at '_5222._tcp' of the XMPP domain itself is read by nobody unless the domain is"
                + " its own target.",
            .rfc(7673, "3.3"), .rfc(7672, "2.2.3")),
        RuleExplanation(
            "dane/tlsa-does-not-match", "published TLSA records do not match a certificate that is presented",
            "A client may support only some of the published parameters, so each combination of usage, selector and"
                + " matching type must match each certificate that a server may present, not only their union. Clients"
                + " that find usable records and no match do not connect.",
            .rfc(7671, "8")),
        RuleExplanation(
            "dane/tlsa-without-port", "TLSA stands at a host name without port and protocol",
            "Clients ask for '_port._proto.host'. Move the record there.", .rfc(6698, "3")),
        RuleExplanation(
            "dane/ttl-over-an-hour", "the TLSA RRset has a TTL of more than an hour",
            "Every change of certificate waits for the TTL of the old RRset, and every mistake lasts as long. Half an hour"
                + " to an hour is usual.",
            .rfc(7671, "8.1")),
        RuleExplanation(
            "dane/unknown-certificate", "a service names a certificate that is not in the manifest",
            "Its TLSA records cannot be made. Add the certificate under 'certificates', or mend the name.",
            .rfc(6698, "3")),
    ])
}
