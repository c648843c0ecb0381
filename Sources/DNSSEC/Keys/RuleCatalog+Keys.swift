public import Diagnostics

extension RuleCatalog {
    /// The rules about keys and key files.
    public static let keys = RuleCatalog([
        .init(
            KeyRules.tagCollision, "two keys of a zone have the same key tag",
            """
            RRSIG and DS name a key by its tag and algorithm. When two keys share both, a validator must try each, many \
            limit how often they do, and tools that match by tag alone use the wrong key. danectl never makes such a key, \
            not even one that would collide once revoked (the REVOKE flag changes the tag). Make a new key in place of \
            one of the two and roll to it.
            """, .rfc(4034, "B"), .rfc(5011, "7")),
        .init(
            KeyRules.otherZone, "a key belongs to another zone",
            """
            The owner name in the key file is not the zone's apex. Signatures by it would name a wrong signer and be \
            ignored by every validator. Keep one folder of keys for each zone, or name the right one.
            """, .rfc(4034, "2"), .rfc(4035, "2.1")),
        .init(
            KeyRules.missingPrivateHalf, "a key that should sign has no private half",
            """
            The times in the key file say that the key is active, but there is no .private file beside the .key file. \
            Bring the private half, or set the key's inactivation time if it is kept elsewhere and should not sign here.
            """),
        .init(
            KeyRules.noActiveKey, "no key is active",
            """
            No key's times allow it to sign now, so that the zone would be published unsigned or with nothing but keys. \
            Look at Publish, Activate, Inactive and Delete in the key files with 'danectl keys'.
            """, .rfc(4035, "2.1")),
        .init(
            KeyRules.expired, "the keys that signed have been retired",
            """
            Keys were active, but their Inactive or Delete time has passed and no successor is active. Resolvers go on \
            until the last signatures expire, then the zone is bogus. Activate a successor or move the time.
            """, .rfc(7583, "3.1")),
        .init(
            KeyRules.algorithmIncomplete, "an algorithm of the DNSKEY RRset does not sign everything",
            """
            "There MUST be an RRSIG for each RRset using at least one DNSKEY of each algorithm in the zone apex DNSKEY \
            RRset." Validators that insist on it, and those that support just that algorithm, see a bogus zone. When a \
            new algorithm comes in, its signatures must be there before its DNSKEY is; when one goes, its DNSKEY leaves \
            before its signatures do.
            """, .rfc(4035, "2.2"), .rfc(6781, "4.1.4")),
        .init(
            KeyRules.unsupportedAlgorithm, "the algorithm cannot sign here",
            """
            danectl signs with RSASHA256, RSASHA512, ECDSAP256SHA256, ECDSAP384SHA384, ED25519 and ED448. RSA with \
            SHA-1 is verified but never made. A validator treats a zone with unknown algorithms alone as unsigned.
            """, .rfc(9904), .rfc(9905)),
        .init(
            KeyRules.notRecommended, "the standards advise against the algorithm",
            """
            IANA's registry says NOT RECOMMENDED or MUST NOT for signing with it. It works today with most validators, \
            but plan an algorithm rollover.
            """, .rfc(9904)),
        .init(
            KeyRules.notZoneKey, "the key has no ZONE flag",
            """
            A DNSKEY with bit 7 of its flags off "MUST NOT be used to verify RRSIGs". Such keys were made for other \
            protocols; a zone needs flags 256 or 257.
            """, .rfc(4034, "2.1.1")),
        .init(
            KeyRules.protocolField, "the DNSKEY's protocol is not 3",
            "A DNSKEY with another protocol \"MUST be treated as invalid\". Something damaged the record.",
            .rfc(4034, "2.1.2")),
        .init(
            KeyRules.noSecureEntryPoint, "no key has the SEP flag",
            """
            The flag tells people and registrars which key the DS is for. Validators ignore it, so the zone works; the \
            keys sign the DNSKEY RRset too. Tools that look for SEP keys find none.
            """, .rfc(4034, "2.1.1"), .rfc(6781, "3.2.3")),
        .init(
            KeyRules.duplicate, "a key was given twice",
            "The same DNSKEY came from two files. One copy is used; remove the other."),
        .init(
            KeyRules.size, "the size of an RSA key is out of bounds",
            """
            Moduli of less than 1024 bits have been factored, 1024 bits are within reach of the rich, and validators \
            refuse more than 4096. Use 2048, or an elliptic curve, whose answers are smaller.
            """, .rfc(5702, "2"), .rfc(6781, "3.4.2")),
        .init(
            KeyRules.malformed, "the octets are not a public key of the algorithm",
            """
            The key has a wrong length, is no point of the curve, or its RSA numbers cannot be. Validators ignore such a \
            key. Look for a line that was cut.
            """, .rfc(3110, "2"), .rfc(6605, "4"), .rfc(8080, "3")),
        .init(
            KeyRules.rsaForm, "an RSA key is written in an unusual form",
            """
            "Leading zero octets are prohibited in the exponent and modulus", and an exponent of up to 255 octets takes \
            the short length. Such keys verify, but their octets differ from what other software writes for the same \
            key, so key tag and DS differ too.
            """, .rfc(3110, "2")),
        .init(
            KeyRules.generation, "no key could be made",
            "OpenSSL could not make a key, or every attempt had a key tag that another key of the zone has."),
        .init(
            KeyRules.readableByOthers, "others can read the private key",
            """
            Whoever reads the file can sign for the zone. danectl makes private files with mode 0600 and uses none that \
            the group or others may read. Change the mode with chmod 600, and ask whether someone has read it: if that \
            may be, roll the key.
            """),
        .init(
            KeyRules.fileSyntax, "a line of a key file cannot be read",
            """
            Key files are BIND's: a .key file holds one DNSKEY record, a .private file lines of 'Field: value'. Look for \
            a file that was cut, or of another kind.
            """),
        .init(
            KeyRules.fileVersion, "the private key file has an unknown version",
            "danectl reads versions 1.x of 'Private-key-format', which BIND, ldns and dnst write, and writes 1.3."),
        .init(
            KeyRules.missingField, "the private key file lacks a field",
            """
            RSA needs Modulus, PublicExponent, PrivateExponent, Prime1, Prime2, Exponent1, Exponent2 and Coefficient; \
            every other algorithm needs PrivateKey. The file was probably cut.
            """),
        .init(
            KeyRules.notOneRecord, "the public key file does not hold one DNSKEY",
            "A .key file holds a single DNSKEY record besides comments. To make DS records from many keys, use stdin."),
        .init(
            KeyRules.halvesDiffer, "the public and private files do not belong together",
            """
            The .private file's key, or its algorithm, is not that of the .key file. Signatures would verify with a key \
            that nobody publishes. Find the two files that were made together.
            """),
        .init(
            KeyRules.fileName, "the file's name says something else than its content",
            """
            BIND names key files Kzone.+algorithm+tag. A key that was revoked has another tag than before, and its files \
            are renamed with it. Tools that look for the name will not find this key.
            """),
        .init(
            KeyRules.hardware, "the private half is in a hardware module",
            "The file has an Engine or Label in place of the private numbers. danectl signs with keys in files only."),
    ])
}
