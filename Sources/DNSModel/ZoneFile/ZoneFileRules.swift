public import Diagnostics

extension RuleCatalog {
    /// The rules of zone files as text: what ``ZoneFileReader`` reports itself. Those of RDATA are `rdata/…`.
    public static let zoneFile = RuleCatalog(entryRules + itemRules + directiveRules + limitRules)

    private static let entryRules = [
        RuleExplanation(
            "zonefile/no-owner", "the first record of a file has no owner",
            "A line that begins with a blank belongs to the owner of the record before it. The first record has none "
                + "before it: write its owner in column 1, '@' for the origin. Editors that indent on paste are the "
                + "usual cause.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/missing-type", "a record has no type",
            "After owner, TTL and class a type must follow, unquoted. Often the owner was meant to be left out, but "
                + "the line begins in column 1, so that its first word was taken as the owner.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/unknown-type", "a word that is no TTL, class or type",
            "Types are known by their mnemonics of the IANA registry and as TYPEn. BIND, NSD and Knot refuse unknown "
                + "words too. A type that is newer than this program is written as TYPEn with '\\#' and hexadecimal "
                + "RDATA.", .rfc(1035, "5.1"), .rfc(3597, "5")),
        RuleExplanation(
            "zonefile/meta-type", "a type that no zone may hold",
            "OPT, ANY, AXFR, IXFR, TSIG and their like exist in queries and messages only. A record of such a type "
                + "would be refused by every secondary.", .rfc(6895, "3.1")),
        RuleExplanation(
            "zonefile/mixed-classes", "records of two classes in one file",
            "\"All RRs in the master file should have the same class.\" The class is that of the first record, or the "
                + "one asked for. It is IN in practice.", .rfc(1035, "5.2")),
        RuleExplanation(
            "zonefile/duplicate-ttl", "a record with two TTLs",
            "At most one TTL stands before the type, before or after the class. A number too many often means that "
                + "the type is missing.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/duplicate-class", "a record with two classes",
            "At most one class stands before the type, before or after the TTL.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/no-ttl", "a record whose TTL nobody states",
            "A record without a TTL takes that of '$TTL', else that of the record before it, and a SOA its own "
                + "minimum. Here there is none of them. BIND refuses such a file too; others take a TTL of their own, "
                + "so that servers would disagree.", .rfc(2308, "4"), .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/ttl-from-soa", "the SOA's minimum is taken as TTL",
            "Before RFC 2308, the last field of the SOA was the TTL of records without one; now it is the TTL of "
                + "negative answers, and '$TTL' says the default. Without '$TTL' and without a TTL on the SOA, BIND "
                + "and we still take it, and say so.", .rfc(2308, "4")),
        RuleExplanation(
            "zonefile/no-soa", "a zone file without SOA record",
            "A zone has exactly one SOA record, at its apex, and its owner is how the apex is known. An empty or "
                + "truncated file, or one that is only meant to be included, has none.", .rfc(1035, "5.2")),
        RuleExplanation(
            "zonefile/byte-order-mark", "a byte order mark before the first line",
            "Some editors put the octets EF BB BF before UTF-8 text. They are skipped here; BIND, NSD and Knot take "
                + "them as part of the first word and fail on it."),
    ]

    private static let itemRules = [
        RuleExplanation(
            "zonefile/bad-name", "a malformed domain name",
            "Labels have 1 to 63 octets and are separated by single dots; a name has at most 255 octets in wire "
                + "format. '\\' stands before a character that is meant literally, or before three decimal digits of "
                + "at most 255.", .rfc(1035, "5.1"), .rfc(1035, "2.3.4")),
        RuleExplanation(
            "zonefile/origin-from-soa", "the SOA record's owner serves as origin",
            "Relative names are relative to an origin, which the file does not name and the command does not give. The "
                + "SOA record's owner is written in full, and it is the zone's apex: that is what such files mean. "
                + "Other readers may take the root, or the file's name.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/no-origin", "a relative name, and no origin",
            "A name without a final dot is relative to the origin: that of '$ORIGIN', or the name of the zone that "
                + "the reader was given. Without either it cannot be completed, and guessing the root would be wrong.",
            .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/quoted-name", "a name in quotes",
            "Quotes are for strings. BIND and NSD refuse quoted owners; some parsers read them as a single label "
                + "with dots in it. Write the name without quotes, and '\\032' for a blank in it.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/bad-ttl", "a malformed TTL",
            "A TTL is a number of seconds, or numbers with the units w, d, h, m and s, such as 1w2d3h4m5s, without "
                + "blanks. Every number needs a unit, or none has one.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/ttl-range", "a TTL of 2^31 seconds or more",
            "TTLs are numbers from 0 to 2147483647, and receivers take greater ones as 0. BIND warns and sets 0; that "
                + "is hardly what was meant, so it is an error here.", .rfc(2181, "8")),
        RuleExplanation(
            "zonefile/nul-octet", "a NUL octet in the text",
            "Zone files are text. A NUL means that the file is binary, UTF-16, or was cut by a crash and filled with "
                + "zeros. In data, a zero octet is written '\\000'.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/unclosed-quote", "a quoted string that is not closed on its line",
            "A line end within quotes is almost always a forgotten quote, which would swallow the records after it. "
                + "BIND and NSD refuse it. Strings that are continued stand one after the other, each in its quotes, "
                + "in parentheses.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/dangling-backslash", "a backslash at the end of a line",
            "'\\' takes away the meaning of the next character. It does not continue a line; parentheses do.",
            .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/unclosed-parenthesis", "an opening parenthesis without its closing one",
            "Parentheses let a record span lines. What follows the unclosed one cannot be told from the record, so "
                + "reading goes on at the next line that names an owner.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/stray-parenthesis", "a closing parenthesis without an opening one",
            "Parentheses let a record span lines and come in pairs. One that belongs to data is written '\\)' or "
                + "stands in quotes.", .rfc(1035, "5.1")),
    ]

    private static let directiveRules = [
        RuleExplanation(
            "zonefile/unknown-directive", "a line that begins with '$' and is no directive",
            "The directives are $ORIGIN, $TTL, $INCLUDE and $GENERATE, in any case. An owner name that begins with a "
                + "dollar sign is written '\\$'.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/directive-usage", "a directive with too few or too many items",
            "'$ORIGIN name', '$TTL seconds', '$INCLUDE file [origin]', '$GENERATE start-stop[/step] owner [TTL] "
                + "[class] type RDATA'. What comes after them must be a comment.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/include-name", "an include without a file name",
            "The file name follows $INCLUDE, in quotes when it has blanks.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/include-refused", "a file that cannot be included",
            "The file does not exist, cannot be read, or lies outside the folder of the zone file, where includes "
                + "must stay unless it is allowed otherwise. Paths are relative to the including file.",
            .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/include-loop", "a file that includes itself",
            "Directly or through others, the file would be read without end.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/generate-range", "a malformed range of $GENERATE",
            "The range is 'start-stop' or 'start-stop/step' with decimal numbers, start not after stop, step at "
                + "least 1. Counters that an offset makes negative can only be written in base 'd'."),
        RuleExplanation(
            "zonefile/generate-template", "a malformed counter in $GENERATE",
            "The counter stands where '$' or '${offset[,width[,base]]}' is: a decimal offset, the least number of "
                + "digits, and one of d, o, x, X, n, N. '$$' or '\\$' is a dollar sign."),
    ]

    private static let limitRules = [
        RuleExplanation(
            "zonefile/include-depth", "includes nest too deep",
            "A limit against files that include one another without end."),
        RuleExplanation(
            "zonefile/include-count", "too many included files", "A limit against hostile files."),
        RuleExplanation(
            "zonefile/generate-size", "$GENERATE makes too many records",
            "A limit against hostile files: one short line could ask for two billion records."),
        RuleExplanation(
            "zonefile/record-too-long", "a record spans too much text",
            "RDATA has at most 65535 octets, so a record of more than a mebibyte of text is no record. An unclosed "
                + "parenthesis or a binary file is the usual cause.", .rfc(1035, "3.2.1")),
        RuleExplanation(
            "zonefile/parentheses-depth", "parentheses nest too deep",
            "RFC 1035 does not speak of parentheses within parentheses. BIND counts them, and so do we, up to a "
                + "limit.", .rfc(1035, "5.1")),
        RuleExplanation(
            "zonefile/too-large", "a zone that does not fit",
            "Names and RDATA of a zone are addressed with 32 bits: 4 GiB of them, some hundred million records."),
        RuleExplanation(
            "zonefile/too-many-errors", "reading stopped after many errors",
            "A file with so many errors is not a zone file, or has one mistake that spoils every line. Mend the first "
                + "ones and read it again."),
    ]
}
