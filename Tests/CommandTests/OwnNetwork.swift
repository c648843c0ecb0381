import Foundation
import Testing

/// A loopback interface of its own, with NSD and a validating resolver at port 53: for programs that ask the system's
/// resolver and no other. It takes namespaces, so that neither privileges are needed nor anything outside is touched.
struct OwnNetwork {
    let folder: TemporaryFolder
    /// Each zone's name and its file.
    let zones: [(name: String, file: String)]
    /// DS records: what the resolver, and programs with one of their own, trust.
    let anchor: String

    private static let script = "\(Shell.repository)/Tests/Fixtures/own-network.sh"

    private static func enter(_ arguments: [String], in folder: TemporaryFolder) throws -> CommandResult {
        try Shell.run("unshare", ["-rnmpf", "--kill-child", "sh", script] + arguments, in: folder.path)
    }

    /// Whether the kernel lets this process have namespaces; where not, says so.
    static func isPossible(in folder: TemporaryFolder) throws -> Bool {
        try folder.write("", to: "anchor")
        let probe = try enter(["probe"], in: folder)
        if probe.status == 0 { return true }
        let refusals = ["not permitted", "permission denied", "no space left"]
        try #require(
            refusals.contains(where: probe.errors.lowercased().contains),
            "what runs the tests installs iproute2: \(probe.errors)")
        print("not judged here: the kernel allows no namespaces of one's own (\(probe.errors))")
        return false
    }

    /// Runs commands in this network, one after the other; what each came to.
    func run(_ commands: [String]) throws -> [(status: Int32, output: String)] {
        try folder.write(anchor, to: "anchor")
        try folder.write(zones.map { $0.name + "\n" }.joined(), to: "zones")
        try folder.write(LiveNetwork.serverConfiguration(folder.path, 5300, zones), to: "nsd.conf")
        try folder.write(LiveNetwork.resolverConfiguration(folder.path, 53, 5300, zones), to: "unbound.conf")
        try folder.write(commands.enumerated().map { "check\($0) \($1)\n" }.joined(), to: "checks")
        let result = try Self.enter([], in: folder)
        try #require(result.status == 0, "\(result.errors)")
        return try commands.indices.map { index in
            let status = try folder.read("check\(index).status").trimmingCharacters(in: .whitespacesAndNewlines)
            return (try #require(Int32(status)), try folder.read("check\(index).out"))
        }
    }
}
