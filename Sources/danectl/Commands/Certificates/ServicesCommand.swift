import ArgumentParser
import DANE
import DNSModel
import Diagnostics
import Workspace

/// `danectl services`: from SRV and MX to the TLSA names, and who speaks for them.
struct ServicesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "Show service, target, TLSA name, who owns the target's zone, and the certificate.",
        discussion: """
            The manifest's services are looked up in its own zones: every target of every SRV and MX record, or host and \
            port. TLSA records belong to the target (RFC 7673), not to the service domain.
            """)

    @Flag(name: .long, help: "A JSON document instead of a table.")
    var json = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        try finishing(global) {
            let workspace = try ManifestWorkspace.open(global.settings)
            let survey = ServiceSurvey(workspace, workers: threads.workers)
            let findings = survey.diagnostics + survey.lint(in: workspace)
            if let map = survey.map {
                if json {
                    try JSONOutput.print(map)
                } else {
                    Output.write(ServicesText.text(map) + "\n")
                }
            }
            global.talk.report(findings)
            if findings.hasErrors { throw ExitCode.findings }
        }
    }
}

/// The service map as a table.
enum ServicesText {
    static func text(_ map: ServiceMap) -> String {
        var table = Table("SERVICE", "TARGET", "TLSA", "AUTHORITY", "CERTIFICATE")
        for endpoint in map.endpoints {
            table.add(
                endpoint.recordOwner?.description ?? map.requests[endpoint.request].kind.description,
                "\(endpoint.target):\(endpoint.port)",
                endpoint.tlsaServices.map(\.owner.description).joined(separator: " "),
                endpoint.authority.description, endpoint.certificates.joined(separator: ", "))
        }
        for absent in map.notOffered { table.add(absent.owner.description, "not offered", "-", "-", "-") }
        return table.text
    }
}
