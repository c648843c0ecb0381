import ArgumentParser
import Workspace

/// `danectl init`: a manifest and a zone to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a manifest and a zone to start from.",
        discussion: """
            Writes danectl.yaml and DOMAIN.zone, an XMPP service on one host, which sign as they are:

              danectl init example.org && danectl check && danectl sign && danectl ds example.org

            Nothing that is there already is overwritten.
            """)

    @Argument(help: "The domain.")
    var domain: NameArgument

    @Option(name: .long, help: "The folder to write into.", completion: .directory)
    var folder = "."

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let files = try Starter(domain: domain.name).write(into: folder)
            for file in files { Output.write("\(file)\n") }
            global.talk.say("next: danectl check, then danectl sign")
        }
    }
}
