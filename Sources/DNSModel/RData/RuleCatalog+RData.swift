public import Diagnostics

extension RuleCatalog {
    /// The rules about the data of records: `rdata/…`.
    public static let rdata = RuleCatalog([
        RuleExplanation(
            "rdata/missing-field", "A record ends before all fields of its type are there",
            """
            Every type has a fixed list of fields. The message names the one that is missing as its RFC names it. A \
            record that goes on in the next line needs parentheses around the lines.
            """, .rfc(1035, "5.1")),
        RuleExplanation(
            "rdata/trailing-data", "Something follows the last field of a record",
            """
            The fields of the type were all read, and there is more on the line: a second value that belongs into a \
            record of its own, a comment without a semicolon, or text with blanks and no quotes around it.
            """, .rfc(1035, "5.1")),
        RuleExplanation(
            "rdata/malformed", "A field of a record does not have the form of its type",
            """
            The message shows the field, what stands there, and what may stand there. Numbers are decimal and within \
            the field's width, addresses have no leading zeros, only text may be in quotes.
            """, .rfc(1035, "5.1")),
        RuleExplanation(
            "rdata/bad-name", "A field is no domain name",
            """
            A label has 1 to 63 octets and a name up to 255 in wire format, counted with the origin that is put after \
            a name without a final dot. A dot that belongs to a label is written with a backslash.
            """, .rfc(1035, "3.1"), .rfc(1035, "5.1")),
        RuleExplanation(
            "rdata/bad-escape", "A backslash is not followed by what belongs after it",
            """
            A backslash takes the next character as it is, or three decimal digits as an octet from 000 to 255. To \
            have a backslash itself, write two.
            """, .rfc(1035, "5.1")),
        RuleExplanation(
            "rdata/string-too-long", "A character-string is longer than 255 octets",
            """
            The length of a string is one octet in the wire. Long TXT data, such as a DKIM key, is cut into several \
            strings beside each other; readers join them without anything in between.
            """, .rfc(1035, "3.3"), .rfc(7208, "3.3")),
        RuleExplanation(
            "rdata/digest-length", "A digest or hash does not have the length that its algorithm gives",
            """
            SHA-1 gives 20 octets, SHA-256 gives 32, SHA-384 gives 48, SHA-512 gives 64. A digest of another length can \
            never match: with DS that means a zone that is bogus, or one link of the chain of trust less. Most often \
            a digit was lost in copying, or the number of the digest type is wrong.
            """, .rfc(4034, "5.1"), .rfc(4509, "2"), .rfc(8976, "2.2.4"), .rfc(4255, "3.1")),
        RuleExplanation(
            "rdata/service-parameter", "The parameters of an SVCB or HTTPS record contradict RFC 9460",
            """
            Keys are in lower case and stand once. What mandatory lists must be there, no-default-alpn needs alpn, \
            key65535 is never valid, and each registered key has a form of its own. Clients ignore the whole record \
            when a rule is broken.
            """, .rfc(9460, "2"), .rfc(9460, "7"), .rfc(9460, "8"), .rfc(9461, "5")),
        RuleExplanation(
            "rdata/generic", "RDATA in RFC 3597 format does not add up",
            """
            The format is \\# and a number of octets, then twice as many hexadecimal digits, with blanks where you \
            like. When the type is known, the octets must fit it as well.
            """, .rfc(3597, "5")),
        RuleExplanation(
            "rdata/no-presentation-format", "The type has no presentation format of its own",
            """
            Either the type is not known here, or no RFC says how to write it. Its data can be written as RFC 3597 \
            says: \\# 4 c0000201.
            """, .rfc(3597, "5")),
        RuleExplanation(
            "rdata/meta-type", "A type of queries or messages stands in a zone",
            """
            OPT, TKEY, TSIG, IXFR, AXFR, MAILB, MAILA and ANY exist in messages only. Servers refuse a zone that holds \
            one of them.
            """, .rfc(6895, "3.1")),
        RuleExplanation(
            "rdata/too-long", "The data of a record is longer than 65535 octets",
            """
            The length of RDATA has 16 bits in the wire, and a whole message must fit into 65535 octets when it is \
            sent over TCP.
            """, .rfc(1035, "3.2.1")),
    ])
}
