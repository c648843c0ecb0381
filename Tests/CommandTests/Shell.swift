import Foundation
import Testing

/// A folder of its own for one test, removed afterwards.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "danectl-test.XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        let target = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: target))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func files(in name: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()
    }
}

/// What a finished command said.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String
}

/// Runs programs as a user would.
enum Shell {
    /// The tool under test: the one that was built together with the tests.
    static let danectl: String = {
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var folders: [String] = []
        if let tests { folders.append((tests as NSString).deletingLastPathComponent) }
        for argument in CommandLine.arguments where argument.contains(".xctest") {
            folders.append((argument as NSString).deletingLastPathComponent)
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        folders += ["\(root)/.build/release", "\(root)/.build/debug"]
        return folders.map { "\($0)/danectl" }.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "danectl"
    }()

    /// The root of the repository.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Runs a program and waits for it; one that does not end within ten minutes, which leaves time enough to a sanitizer on a
    /// busy machine, is killed and its status is -1.
    static func run(
        _ program: String, _ arguments: [String], in folder: String, input: String = "",
        environment: [String: String] = [:]
    ) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program.contains("/") ? program : "/usr/bin/env")
        process.arguments = program.contains("/") ? arguments : [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var variables = ProcessInfo.processInfo.environment
        variables["DANECTL_MANIFEST"] = nil
        variables["PATH"] = (variables["PATH"] ?? "") + ":/usr/sbin:/sbin"
        process.environment = variables.merging(environment) { $1 }
        let scratch = try TemporaryFolder()
        try scratch.write(input, to: "input")
        _ = FileManager.default.createFile(atPath: "\(scratch.path)/output", contents: nil)
        _ = FileManager.default.createFile(atPath: "\(scratch.path)/errors", contents: nil)
        process.standardInput = FileHandle(forReadingAtPath: "\(scratch.path)/input")
        process.standardOutput = FileHandle(forWritingAtPath: "\(scratch.path)/output")
        process.standardError = FileHandle(forWritingAtPath: "\(scratch.path)/errors")
        try process.run()
        let deadline = Date().addingTimeInterval(600)
        while process.isRunning, Date() < deadline { usleep(2_000) }
        let hung = process.isRunning
        if hung { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return CommandResult(
            status: hung ? -1 : status, output: try scratch.read("output"), errors: try scratch.read("errors"))
    }

    /// Runs danectl.
    static func danectl(
        _ arguments: String..., in folder: TemporaryFolder, input: String = "", environment: [String: String] = [:]
    ) throws -> CommandResult {
        try run(danectl, arguments, in: folder.path, input: input, environment: environment)
    }
}
