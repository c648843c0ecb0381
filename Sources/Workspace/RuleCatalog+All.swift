import DANE
import DNSModel
import DNSSEC
public import Diagnostics
import Manifest
import Rollover

extension RuleCatalog {
    /// Every rule that any part of danectl can name.
    public static let all = RuleCatalog.joining([
        .manifest, .files, .workspace, .rdata, .zoneFile, .zone, .keys, .delegation, .signing, .validation, .rollover,
        .dane, .applying,
    ])

    /// The name nearest to one that is no rule's, if any is near.
    public func closest(to name: String) -> String? {
        Suggestion.closest(to: name, among: explanations.map(\.rule.name))
    }

    /// The rules of reading and writing files.
    static let files = RuleCatalog([
        RuleExplanation(
            "file/unreadable", "An input must be there and readable.",
            "The system's own reason is in the finding. Nothing was written."),
        RuleExplanation(
            "file/unwritable", "An output must be writable.",
            """
            Output goes to a new file beside the old one, which takes its place when it is complete and on the disk. When \
            the disk is full or the folder is read-only, the old file stays as it was, and so do state and serial.
            """),
        RuleExplanation("file/not-text", "Text files are UTF-8.", "The file holds octets that are no UTF-8 text."),
        RuleExplanation(
            "file/exists", "'danectl init' overwrites nothing.", "A file of that name is there already."),
        RuleExplanation(
            "file/locked", "One danectl works on a file at a time.",
            """
            Two runs that sign the same zone at once could publish one serial with two contents. The lock ends with the \
            process that holds it, however that ends, so a lock file that was left behind locks nobody out.
            """),
    ])

    /// The rules of signing from a manifest and of the commands around it.
    static let workspace = RuleCatalog([
        RuleExplanation(
            "zone/apex", "The zone in the file is the zone that was meant.",
            "The SOA record's owner is the apex. It differs from --origin or from the manifest's name, so that keys and names would not fit."
        ),
        RuleExplanation(
            "key/none", "Signing needs keys.",
            "The folder holds no key files of the zone. 'danectl keygen ZONE --keys FOLDER' makes a key-signing and a zone-signing key."
        ),
        RuleExplanation(
            "key/vanished", "Keys that have gone missing are not replaced unasked.",
            """
            The zone was signed before, and its key folder has none of its keys now. New keys would not be those that the DS \
            at the parent names, and every validating resolver would call the zone bogus. Bring the files back, or remove \
            the DS at the parent first.
            """, .rfc(4035, "5.2")),
        RuleExplanation(
            "key/created", "Keys were made.",
            "A zone that was never signed gets the keys that its policy asks for. Keep their files safe: the DS at the parent will name them."
        ),
        RuleExplanation(
            "sign/previous-unusable", "The zone that was signed last cannot be read.",
            "Good signatures are taken over from it when it can be read. Now every signature is made anew, and the serial is chosen from the source alone."
        ),
        RuleExplanation(
            "sign/not-valid", "What is signed is verified before it is published.",
            "The new signed zone did not verify, so it was not put in the place of the old one. That is a defect of danectl or of the machine: please report it with the findings above."
        ),
        RuleExplanation(
            "sign/refresh-below-expire", "Signatures must outlive stuck secondaries and caches.",
            """
            A secondary that has lost its primary serves what it has until SOA expire, and resolvers keep the answers for \
            their TTL after that. A signature must have at least that long to live whenever it is served, so 'refresh' \
            should not be below SOA expire plus the largest TTL.
            """, .rfc(6781, "4.4.2.2")),
        RuleExplanation(
            "sign/ttl-above-maximum", "No TTL is longer than the policy allows.",
            "Rollovers wait for the largest TTL that may be cached. A longer one in the source is cut when the zone is signed.",
            .rfc(6781, "4.4.2")),
        RuleExplanation(
            "verify/no-anchor", "The anchor file must name the zone.",
            "Without a DS or DNSKEY record of the zone's own name in the file, nothing says which key to trust.",
            .rfc(4033, "5")),
        RuleExplanation(
            "manifest/unknown-zone", "A zone named on the command line is one of the manifest's.",
            "Names compare without regard to case and with or without the final dot."),
        RuleExplanation(
            "hook/failed", "A command of the manifest did not succeed.",
            """
            The signed zone is in place, but the program that makes the server load it failed or did not end in time. The \
            server still serves what it had. Run the command by hand to see what it says.
            """),
    ])
}
