import Diagnostics

extension RuleCatalog {
    /// The rules of state files, plans and deployments.
    static let applying = RuleCatalog([
        RuleExplanation(
            "state/unknown-version", "State files are of a version that this danectl knows.",
            "A newer danectl wrote the file. An older one could misread what caches may hold, so it does nothing at all."
        ),
        RuleExplanation(
            "state/damaged", "A damaged state file counts as lost.",
            """
            Nothing is guessed: what is published now is taken from the signed zone, and what was published before counts as \
            unknown, with the policy's largest TTL. Rollovers wait accordingly.
            """),
        RuleExplanation(
            "state/disagrees", "What is published is what the state says.",
            """
            Somebody else changed the signed zone, or an old state was restored. What the zone says now counts; what it said \
            before is unknown and may be cached for the policy's largest TTL.
            """),
        RuleExplanation(
            "state/rebuilt", "Without a state file, the past is unknown.",
            "The first run of a zone that was signed before cannot know what was published, and waits for the largest TTL."
        ),
        RuleExplanation(
            "deploy/changed-outside", "Only danectl changes the live certificate.",
            """
            The live file holds another certificate than the one that danectl knows. If its key was not published in time, \
            clients with older answers fail until these run out. Let the ACME client write to the staged file instead.
            """, .rfc(7671, "8.1")),
        RuleExplanation(
            "deploy/put-back", "A certificate that servers do not load is taken back.",
            "The reload command failed or did not end in time. The files are as they were, DNS still names both keys, and the next run tries again."
        ),
        RuleExplanation(
            "posh/not-ours", "danectl overwrites no POSH document but its own.",
            """
            The file that 'posh: { document: … }' names holds something else, such as a reference to another document. Let \
            danectl keep a file of its own, serve that, and refer to it from the tenants' documents.
            """, .rfc(7711, "3")),
        RuleExplanation(
            "rollover/service-held", "A service goes to a new target when the target is ready.",
            """
            The source's SRV or MX records name a target that clients may not find ready: its TLSA records are new, and \
            resolvers may remember that there were none. Until that is over, what was published last stays, and so do the \
            old target's addresses. 'danectl plan' shows the move and its proof.
            """, .rfc(7673, "3.3"), .rfc(2308, "5")),
        RuleExplanation(
            "rollover/target-without-address", "A target that a service moves to has addresses.",
            "Clients that are sent to a name without A and AAAA records go nowhere, so the present target stays published.",
            .rfc(2782)),
        RuleExplanation(
            "rollover/compromised-key", "A key that is known to others never goes live again.",
            """
            'danectl rollover tlsa --emergency' records that somebody else has the private key. From then on danectl neither \
            deploys a certificate with it nor goes back to one: whoever has the key could pose as the server for as long as \
            an answer names it.
            """, .rfc(7671, "8.4")),
        RuleExplanation(
            "rollover/not-available", "Changes of zone keys are not available yet.",
            """
            The calculus knows how; the commands that carry it out do not exist yet. Keys that 'danectl keygen' makes follow \
            the times in their files, which no plan has proved.
            """),
        RuleExplanation(
            "plan/changed", "'apply --plan' does what was reviewed, or nothing.",
            "The facts or the goal have changed since the plan was printed, so another plan is due now. Review it again."
        ),
        RuleExplanation(
            "cert/unreadable", "Certificates and keys must be readable.",
            "The file is no PEM, DER, PKCS #7 or PKCS #12, or it is damaged or encrypted; the finding says which."),
        RuleExplanation(
            "cert/live-missing", "The live certificate is where the manifest says.",
            """
            TLSA records say what servers present, so danectl makes none for a certificate that it cannot find. A path of \
            the manifest is relative to the manifest's folder.
            """, .rfc(7671, "8.1")),
        RuleExplanation(
            "cert/no-key", "A certificate that is to go live needs its private key.",
            "The key stands in the chain's file or in one of its own, or it is the spare key that danectl keeps."),
        RuleExplanation(
            "cert/key-readable", "Private keys are for their owner alone.",
            "Other users of the machine may read the file. A key that somebody else may know proves nothing."),
    ])
}
