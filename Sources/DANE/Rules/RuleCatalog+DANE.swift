public import Diagnostics

extension RuleCatalog {
    /// Every rule of services, TLSA, certificates and POSH.
    public static let dane = RuleCatalog.joining([daneServices, tlsaGeneration, certificates, posh])

    /// Rules of TLSA generation.
    static let tlsaGeneration = RuleCatalog([
        RuleExplanation(
            "tlsa/cannot-generate", "the file does not hold what the TLSA parameters hash",
            "Selector 0 hashes a whole certificate and selector 1 a public key, which a private key, a request or a bare"
                + " public key has too. Usages 0 and 2 name an authority. Give a file that has what is asked for, or ask"
                + " for 3 1 1, which every kind of file can answer.",
            .rfc(6698, "2.1")),
        RuleExplanation(
            "tlsa/authority-not-sent",
            "the authority that usage 0 or 2 names is not in the chain that the server sends",
            "A client has only the handshake to find the trust anchor in: a record that names an authority by digest can"
                + " match nothing else. Public authorities change their intermediates without notice, too. Add the"
                + " authority's certificate to the chain file, or use 3 1 1.",
            .rfc(7671, "5.2")),
    ])

    /// Rules of POSH documents.
    static let posh = RuleCatalog([
        RuleExplanation(
            "posh/not-json", "the document is not JSON",
            "Clients drop a POSH document that does not parse, and fall back to plain PKIX. The location says where reading"
                + " stopped; a comma after the last entry is the usual cause.",
            .rfc(7711, "3")),
        RuleExplanation(
            "posh/expires", "'expires' must be a whole number of seconds above 0",
            "It bounds for how long a client may believe the document, as a TTL does, and 0 makes it invalid. A change of"
                + " certificate waits for it: the new fingerprint is published that long before the certificate is used.",
            .rfc(7711, "3.1"), .rfc(7711, "6")),
        RuleExplanation(
            "posh/no-fingerprint", "a document holds either fingerprints or the URL of a document that does",
            "A fingerprint has 'sha-256', 'sha-512' or both. With none that can be read, nothing that the server presents"
                + " is accepted.",
            .rfc(7711, "3")),
        RuleExplanation(
            "posh/bad-digest", "a digest has the wrong length or is not Base64",
            "SHA-256 has 32 octets, SHA-512 has 64, over the certificate's DER, in Base64 with padding; hexadecimal, as"
                + " most tools print it, is not understood.",
            .rfc(7711, "3.1")),
        RuleExplanation(
            "posh/url", "a reference must be an HTTPS URL",
            "What is fetched there decides whom clients trust, so it is fetched over authenticated TLS, and may not be"
                + " another reference.",
            .rfc(7711, "3.2")),
    ])
}
