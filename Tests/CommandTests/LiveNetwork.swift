import Foundation
import Testing

/// Signed zones served by NSD, and Unbound beside it, which trusts nothing but one DS record.
final class LiveNetwork {
    /// What a resolver answered.
    struct Answer {
        /// NOERROR, NXDOMAIN, SERVFAIL; empty when nothing came.
        let status: String
        /// Whether the resolver found the answer authentic.
        let isAuthentic: Bool
        /// The number of records in the answer section, signatures included.
        let answers: Int
        /// All that `dig` printed.
        let text: String
    }

    private let folder: TemporaryFolder
    private let server: LoopbackServer
    private let resolver: LoopbackServer
    private let port: UInt16

    /// Serves zones from files of a folder; the resolver asks that server for all of them.
    ///
    /// - Parameters:
    ///   - zones: Each zone's name and its file.
    ///   - anchor: DS records.
    init(in folder: TemporaryFolder, zones: [(name: String, file: String)], anchor: String) throws {
        self.folder = folder
        try folder.write(anchor, to: "anchor")
        let authority = try LoopbackServer.freePort()
        var port = try LoopbackServer.freePort()
        while port == authority { port = try LoopbackServer.freePort() }
        self.port = port
        try folder.write(Self.serverConfiguration(folder.path, authority, zones), to: "nsd.conf")
        try folder.write(Self.resolverConfiguration(folder.path, port, authority, zones), to: "unbound.conf")
        server = try LoopbackServer("nsd", ["-d", "-c", "\(folder.path)/nsd.conf"], in: folder)
        resolver = try LoopbackServer("unbound", ["-d", "-c", "\(folder.path)/unbound.conf"], in: folder)
        do {
            try server.wait { [folder] in
                try zones.allSatisfy {
                    try Self.ask($0.name, "SOA", at: authority, patience: 1, in: folder).status == "NOERROR"
                }
            }
            try resolver.wait { [folder] in
                // Answered by the resolver itself, so that nothing about the zones is learnt too early.
                try Self.ask("localhost", "A", at: port, patience: 1, in: folder).status == "NOERROR"
            }
        } catch {
            let logs = ["nsd.out", "nsd.log", "unbound.out", "unbound.log"].map { (try? folder.read($0)) ?? "" }
            Issue.record("\(error)\n\(logs.joined(separator: "\n"))")
            throw error
        }
    }

    /// Asks the resolver.
    func ask(_ name: String, _ type: String, _ options: String...) throws -> Answer {
        try Self.ask(name, type, at: port, patience: 5, options, in: folder)
    }

    /// Ends both servers.
    func stop() {
        resolver.stop()
        server.stop()
    }

    private static func ask(
        _ name: String, _ type: String, at port: UInt16, patience: Int, _ options: [String] = [],
        in folder: TemporaryFolder
    ) throws -> Answer {
        let result = try Shell.run(
            "dig",
            ["-r", "@127.0.0.1", "-p", "\(port)", "+dnssec", "+tries=2", "+time=\(patience)"]
                + options + [name, type], in: folder.path)
        if result.status == 127 {
            throw LoopbackServer.Failure(
                description: "dig is not installed; the command that runs the tests installs it")
        }
        let text = result.output
        func field(_ before: String) -> Substring {
            guard let range = text.range(of: before) else { return "" }
            return text[range.upperBound...].prefix { $0 != "," && $0 != ";" && $0 != "\n" }
        }
        return Answer(
            status: String(field("status: ")),
            isAuthentic: field("flags: ").split(separator: " ").contains("ad"),
            answers: Int(field("ANSWER: ")) ?? 0, text: text + result.errors)
    }

    /// What NSD is told: zones from files, at a port.
    static func serverConfiguration(
        _ folder: String, _ port: UInt16, _ zones: [(name: String, file: String)]
    ) -> String {
        """
        server:
            ip-address: 127.0.0.1@\(port)
            do-ip6: no
            server-count: 1
            username: ""
            zonesdir: "\(folder)"
            pidfile: ""
            database: ""
            xfrdfile: ""
            zonelistfile: "\(folder)/zone.list"
            xfrdir: "\(folder)"
            logfile: "\(folder)/nsd.log"
        remote-control:
            control-enable: no

        """ + zones.map { "zone:\n    name: \"\($0.name)\"\n    zonefile: \"\($0.file)\"\n" }.joined()
    }

    /// What Unbound is told: to answer at `port`, to ask `authority` about the zones, and to trust the file `anchor` alone.
    static func resolverConfiguration(
        _ folder: String, _ port: UInt16, _ authority: UInt16, _ zones: [(name: String, file: String)]
    ) -> String {
        """
        server:
            interface: 127.0.0.1
            port: \(port)
            do-ip6: no
            do-daemonize: no
            num-threads: 1
            chroot: ""
            username: ""
            directory: "\(folder)"
            pidfile: ""
            use-syslog: no
            logfile: "\(folder)/unbound.log"
            val-log-level: 2
            do-not-query-localhost: no
            trust-anchor-signaling: no
            module-config: "validator iterator"
            trust-anchor-file: "\(folder)/anchor"
            local-zone: "test." nodefault
        remote-control:
            control-enable: no

        """
            + zones.map {
                "stub-zone:\n    name: \"\($0.name)\"\n    stub-addr: 127.0.0.1@\(authority)\n"
            }.joined()
    }
}
