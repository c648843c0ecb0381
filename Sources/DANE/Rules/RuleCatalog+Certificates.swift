import Diagnostics

extension RuleCatalog {
    /// Rules of certificates.
    static let certificates = RuleCatalog([
        RuleExplanation(
            "cert/none", "there is no certificate in the file", "Keys and requests alone cannot be judged.", .rfc(5280)),
        RuleExplanation(
            "cert/bad-dns-id", "a DNS-ID is not a domain name",
            "A dNSName holds a host name alone: no scheme, no port, no path, no space.", .rfc(5280, "4.2.1.6")),
        RuleExplanation(
            "cert/bad-wildcard", "a wildcard stands where it means nothing, or means too much",
            "'*' is the whole leftmost label and stands for exactly one label; '*.org' would stand for a registry.",
            .rfc(9525, "6.3")),
        RuleExplanation(
            "cert/chain-ends", "the chain ends below a root that clients must have",
            "That is as it should be for a public authority. With usage 2 naming the root, the root must be sent too.",
            .rfc(8446, "4.4.2"), .rfc(7671, "5.2")),
        RuleExplanation(
            "cert/chain-incomplete", "the issuer of the server's certificate is not in the file",
            "Clients that don't happen to have the intermediate fail, and usage 2 has nothing to match. ACME clients call"
                + " the complete file 'fullchain'.",
            .rfc(8446, "4.4.2")),
        RuleExplanation(
            "cert/chain-order", "the certificates are not in the order leaf, issuer, issuer's issuer",
            "TLS 1.2 demands the order, TLS 1.3 only that the leaf comes first; many clients sort, some don't.",
            .rfc(5246, "7.4.2"), .rfc(8446, "4.4.2")),
        RuleExplanation(
            "cert/chain-root", "the self-signed root is sent along",
            "Clients have it or don't trust it, so it only costs octets, except under usage 2, which needs the trust anchor"
                + " in the handshake.",
            .rfc(7671, "5.2")),
        RuleExplanation(
            "cert/chain-stray", "a certificate in the file has no part in the chain",
            "It confuses clients that do not sort, and costs octets in each handshake.", .rfc(8446, "4.4.2")),
        RuleExplanation(
            "cert/common-name-only", "the certificate's name stands in the common name alone",
            "RFC 9525 tells clients to ignore common names, and current ones do. Every certificate needs DNS-IDs in its"
                + " subjectAltName.",
            .rfc(9525, "2")),
        RuleExplanation(
            "cert/expired", "a certificate of the chain has expired",
            "Usage 3 ignores the date (RFC 7671 §5.1); everything else refuses it, and many XMPP servers fall back to PKIX"
                + " where DANE is not available.",
            .rfc(5280, "4.1.2.5"), .rfc(7671, "5.1")),
        RuleExplanation(
            "cert/expires-soon", "the certificate expires within weeks",
            "A renewal with a new key waits for the TTL of the TLSA records and for slow secondaries, so it needs a head"
                + " start of days.",
            .rfc(7671, "8.1")),
        RuleExplanation(
            "cert/key-mismatch", "the private key is not the certificate's",
            "The server would refuse to start, or present the wrong certificate.", .rfc(5280)),
        RuleExplanation(
            "cert/leaf-is-ca", "a CA's certificate is presented as a server's",
            "Some TLS libraries refuse it, and whoever breaks into the server has the CA's key.", .rfc(5280, "4.2.1.9")),
        RuleExplanation(
            "cert/missing-dns-id", "a service domain is not among the DNS-IDs",
            "The reference identity of XMPP is the domain of the address, not the host that SRV leads to.",
            .rfc(6120, "13.7.2"), .rfc(9525, "6.3")),
        RuleExplanation(
            "cert/missing-srv-id", "there is no SRV-ID for the service",
            "RFC 6120 recommends '_xmpp-client.domain' and '_xmpp-server.domain' beside the DNS-ID; public authorities do"
                + " not issue them, so this is a note.",
            .rfc(6120, "13.7.1.2"), .rfc(4985, "2")),
        RuleExplanation(
            "cert/missing-target", "the SRV target is not among the DNS-IDs",
            "Usage 2 accepts either the source domain or the target; deployed servers want one or the other, so name both.",
            .rfc(7671, "5.2"), .rfc(7673, "6")),
        RuleExplanation(
            "cert/name-encoding", "a name is written in the wrong string type",
            "dNSName and SRVName are ASCII (IA5String), with internationalized names as A-labels; xmppAddr is a UTF8String."
                + " Parsers refuse or misread anything else.",
            .rfc(5280, "4.2.1.6"), .rfc(4985, "2"), .rfc(6120, "13.7.1.4")),
        RuleExplanation(
            "cert/no-client-auth", "extKeyUsage lacks clientAuth, which links between servers need",
            "The server that opens a link is the TLS client. Public authorities drop clientAuth in 2026; servers that insist"
                + " on it then refuse SASL EXTERNAL, and DANE or dialback must do. Several implementations have stopped"
                + " insisting.",
            .rfc(6120, "13.7.1.2"), .rfc(5280, "4.2.1.12")),
        RuleExplanation(
            "cert/no-digital-signature", "keyUsage lacks digitalSignature",
            "TLS 1.3 handshakes are signed; such a key cannot be used.", .rfc(5280, "4.2.1.3"), .rfc(6120, "13.7.1.1")),
        RuleExplanation(
            "cert/no-server-auth", "extKeyUsage lacks serverAuth", "Clients refuse the certificate from a server.",
            .rfc(5280, "4.2.1.12")),
        RuleExplanation(
            "cert/not-yet-valid", "a certificate is not valid yet",
            "Either it was put in place too early, or a clock is wrong.", .rfc(5280, "4.1.2.5")),
        RuleExplanation(
            "cert/srv-id-wildcard", "an SRV-ID has a wildcard",
            "RFC 4985 has none; one implementation accepts them, the others don't.", .rfc(4985, "2")),
        RuleExplanation(
            "cert/srv-id-with-transport", "an SRV-ID has '_tcp' in it",
            "SRVName is '_Service.Name': unlike the SRV record's owner it has no transport label.", .rfc(4985, "2")),
        RuleExplanation(
            "cert/srv-id-without-service", "an SRV-ID lacks the service prefix",
            "SRVName is '_Service.Name', as '_xmpp-client.example.org'. Authorities have issued them with the bare domain:"
                + " such an entry matches nothing.",
            .rfc(4985, "2")),
        RuleExplanation(
            "cert/unusual-key", "the key is of a kind that not all TLS libraries take",
            "Ed25519 and Ed448 are fine between modern libraries; public authorities don't issue for them.",
            .rfc(8446, "4.2.3")),
        RuleExplanation(
            "cert/weak-key", "the key can be broken", "RSA below 2048 bits and DSA are refused by current libraries.",
            .rfc(9325, "4.5")),
        RuleExplanation(
            "cert/weak-signature", "the signature is over MD5 or SHA-1",
            "Such signatures have been forged in practice.",
            .rfc(9325, "4.5")),
        RuleExplanation(
            "cert/wildcard", "a wildcard widens what the key can be used for",
            "It stands for one label and not for the domain itself, and whoever has the key can be any of those hosts.",
            .rfc(9525, "7.1"), .rfc(6120, "13.7.1.2")),
        RuleExplanation(
            "cert/xmpp-addr-in-server-certificate", "an xmppAddr stands in a server's certificate",
            "RFC 3920 put the server's domain there; RFC 6120 keeps xmppAddr for clients' certificates and wants DNS-ID and"
                + " SRV-ID for servers. It does no harm beside them.",
            .rfc(6120, "13.7.1.4")),
        RuleExplanation(
            "cert/xep-0416-ca", "an authority of end-to-end certificates lacks what XEP-0416 wants",
            "keyCertSign and CA true for all; a domain's authority also has pathLen 0 and the domain as DNS-ID without"
                + " wildcard.",
            .rfc(5280, "4.2.1.9")),
        RuleExplanation(
            "cert/xep-0416-crl", "there is no CRL distribution point",
            "XEP-0416 wants one in every certificate but a root.", .rfc(5280, "4.2.1.13")),
        RuleExplanation(
            "cert/xep-0416-foreign-address", "a domain's authority issued for an address of another domain",
            "What a domain's authority issues must carry an xmppAddr of that domain.", .rfc(6120, "13.7.1.4")),
        RuleExplanation(
            "cert/xep-0416-reload", "the RELOAD URI is missing, or not 'reload://<node-id>@xmpp.org/'",
            "XEP-0416 wants exactly one, with an empty specifier.", .rfc(6940, "14.15")),
        RuleExplanation(
            "cert/xep-0416-rfc822", "an ASCII address must stand as rfc822Name too",
            "RELOAD looks for the user's name there.", .rfc(5280, "4.2.1.6")),
        RuleExplanation(
            "cert/xep-0416-subject", "the subject is empty", "XEP-0416 wants one.", .rfc(5280, "4.1.2.6")),
        RuleExplanation(
            "cert/xep-0416-xmpp-addr", "there must be exactly one xmppAddr",
            "A certificate is for one account.", .rfc(6120, "13.7.1.4")),
    ])
}
