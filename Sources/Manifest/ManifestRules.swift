public import Diagnostics

extension RuleCatalog {
    /// The rules of the manifest.
    public static let manifest = RuleCatalog([
        RuleExplanation(
            "manifest/yaml", "The manifest must be one YAML document.",
            """
            YAML is indentation and colons: a tab in the indentation, a missing space after a colon or an unclosed quote \
            stops the reader at the place it names. A key that stands twice in one mapping is refused too, because only \
            one of the two could count and nobody can tell which was meant.
            """),
        RuleExplanation(
            "manifest/version", "The manifest says which version of its format it is written in.",
            """
            'version: 1' stands at the top. A later danectl that changes the meaning of a key will ask for another \
            number, so that an old manifest is never misread.
            """),
        RuleExplanation(
            "manifest/unknown-key", "Every key must be one that danectl knows.",
            """
            A key that is ignored is worse than an error: a misspelt 'refesh' would leave the default in force, and the \
            operator would find out when signatures expire. The finding names the nearest key that is known there.
            """),
        RuleExplanation(
            "manifest/missing-key", "Some keys have no default.",
            "A zone needs its 'source', a certificate its 'live' file, a service its 'certificate': nothing sensible can be guessed."
        ),
        RuleExplanation(
            "manifest/wrong-type", "A value must be of the kind that its key wants.",
            "A text, a list or a mapping stands where another was expected. The finding says which key and what it wants."
        ),
        RuleExplanation(
            "manifest/bad-value", "A value must be one that its key understands.",
            "Durations are 90d, 1h30m or P30D; a month is refused, because it is no number of seconds. TTLs are durations of at most 2147483647 seconds.",
            .rfc(2181, "8")),
        RuleExplanation(
            "manifest/algorithm", "New keys are made with an algorithm that may still sign.",
            """
            RSASHA256, RSASHA512, ECDSAP256SHA256, ECDSAP384SHA384, ED25519 and ED448 sign. RSASHA1 and \
            RSASHA1-NSEC3-SHA1 only verify: several validators already treat zones signed with SHA-1 as unsigned.
            """, .rfc(9904)),
        RuleExplanation(
            "manifest/keys", "A zone has a KSK and a ZSK, or one CSK.",
            "A combined signing key does both jobs; beside it a KSK or a ZSK would be a second one for the same job.",
            .rfc(6781, "3.1")),
        RuleExplanation(
            "manifest/signature-times", "Signatures must live longer than refresh and jitter together.",
            """
            A signature is remade when less than 'refresh' is left of it, and expirations are spread over 'jitter'. If \
            the two eat up the validity, every run would remake every signature, and a day's outage of the signer would \
            take the zone off the air.
            """, .rfc(6781, "4.4.2")),
        RuleExplanation(
            "manifest/no-effect", "A key without effect is a misunderstanding.",
            "The value is read and means nothing with the other values: 'rsa-bits' with an elliptic-curve algorithm, for one."
        ),
        RuleExplanation(
            "manifest/unknown-policy", "A zone's policy must be one of 'policies'.",
            "The zone would be signed with defaults instead of what was meant."),
        RuleExplanation(
            "manifest/unknown-certificate", "A service's certificate must be one of 'certificates'.",
            "Without it, nobody knows which key the TLSA records of the service must match."),
        RuleExplanation(
            "manifest/output-is-source", "The signed zone must not overwrite the operator's file.",
            "danectl reads the source and never writes it; the output is a file of its own, which name servers load."),
        RuleExplanation(
            "manifest/shared-output", "Each zone has an output of its own, and each certificate a POSH document.",
            "What is written last would replace what the other needs."),
        RuleExplanation(
            "manifest/duplicate", "A thing is named once.",
            "Names compare without regard to case: YAX.IM and yax.im are one zone.", .rfc(4343, "3")),
        RuleExplanation(
            "manifest/domain-name", "Zones and services are named by domain names.",
            "Labels have 1 to 63 octets, names at most 255; the final dot may be left out.", .rfc(1035, "2.3.4")),
        RuleExplanation(
            "manifest/tlsa", "TLSA parameters are usage, selector and matching type.",
            "Write three numbers, as in '3 1 1', or the mnemonics of RFC 7218, as in 'dane-ee spki sha2-256'.",
            .rfc(6698, "2.1"), .rfc(7218)),
        RuleExplanation(
            "manifest/service", "A service is found in one way.",
            "'xmpp' takes all XMPP SRV records of a domain, 'srv' one SRV name, 'mx' the mail exchangers of a domain, 'tcp' a host and port."
        ),
        RuleExplanation(
            "manifest/no-zones", "A manifest without zones does nothing.",
            "'danectl init DOMAIN' writes a manifest and a zone to start from."),
    ])
}
