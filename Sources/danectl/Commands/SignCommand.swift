import ArgumentParser

/// `danectl sign`: signs what the manifest names, or one zone file.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign zones: those of the manifest, or one zone file.",
        discussion: """
            With a manifest, signs the zones named, or all of them. A zone whose records have not changed and whose \
            signatures are not due is left alone, serial included. Keys that the policy asks for are made when a zone is \
            signed for the first time.

            Without a manifest:

              danectl keygen example.org --keys keys
              danectl sign --zone-file example.org.zone --origin example.org --keys keys

            The output is verified before it replaces the previous one, and replaced as a whole: whatever fails, the \
            previous output stays as it was.
            """)

    @Argument(help: "Zones of the manifest (default: all).")
    var zones: [NameArgument] = []

    @OptionGroup(title: "Without a manifest") var file: ZoneFileSigningOptions
    @OptionGroup var threads: ThreadOptions

    @Flag(name: .long, help: "Do not verify before the output is replaced.")
    var noVerify = false

    @Flag(name: .long, help: "Verify every signature, however large the zone.")
    var verifyAll = false

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func validate() throws { try request.validate() }

    func run() throws { try request.run() }

    private var request: SignRequest {
        SignRequest(
            zones: zones.map(\.name), file: file.values, threads: threads.threads, noVerify: noVerify,
            verifyAll: verifyAll, global: global.settings)
    }
}
