import ArgumentParser
import Glibc

/// The root of the command line; each subcommand is a file of its own.
@main
struct Danectl: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "danectl",
        abstract: "Sign DNSSEC zones, hand over DS records, and publish TLSA records that never fail a client.",
        discussion: """
            With a manifest (danectl.yaml, written by 'danectl init'), 'danectl check' finds what is wrong and 'danectl sign' \
            does what is due. Without one, 'keygen', 'sign --zone-file', 'verify' and 'ds' work on any zone file.

            Exit status: 0 done or nothing to do, 1 findings of error severity or verification failed, 2 changes pending \
            (--exit-code), 64 usage, 65 bad input, 66 input missing, 69 network, 73 cannot write, 75 too early.
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Start:", subcommands: [InitCommand.self, CheckCommand.self, ExplainCommand.self]),
            CommandGroup(
                name: "Zones and keys:",
                subcommands: [
                    KeygenCommand.self, KeysCommand.self, SignCommand.self, VerifyCommand.self, DSCommand.self,
                    ReadCommand.self, DiffCommand.self, NSEC3HashCommand.self,
                ]),
            CommandGroup(
                name: "Certificates and TLSA:",
                subcommands: [
                    ServicesCommand.self, PlanCommand.self, ApplyCommand.self, StatusCommand.self, GateCommand.self,
                    DeployCommand.self, RolloverCommand.self, AbortCommand.self, HooksCommand.self, CertCommand.self,
                    TLSACommand.self, SMIMEACommand.self, OpenPGPKeyCommand.self, SSHFPCommand.self, POSHCommand.self,
                ]),
        ])

    /// Starts the tool. `--version`, and signing with plain arguments, which is run most, need no setting up.
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments == ["--version"] {
            print(version)
        } else if arguments.first == "sign", let request = SignRequest(plain: arguments.dropFirst()) {
            do { try request.run() } catch { exit(withError: error) }
            // All is written; what the libraries would tidy up now, the kernel does sooner.
            fflush(nil)
            _exit(EXIT_SUCCESS)
        } else {
            main(arguments)
        }
    }
}
