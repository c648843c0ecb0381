import DNSModel
import DNSSEC
import Foundation

/// A command of another DNS package; the test fails when it is absent.
enum KeyTool {
    /// Runs a command in a folder and returns what it prints on its standard output.
    static func run(_ command: String, _ arguments: [String], in folder: URL, input: String? = nil) throws -> String {
        let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]
        guard let path = folders.map({ "\($0)/\(command)" }).first(where: FileManager.default.isExecutableFile) else {
            throw Absent("\(command) is not installed")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        let errors = folder.appendingPathComponent(".stderr")
        try Data().write(to: errors)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        if let input {
            let file = folder.appendingPathComponent(".stdin")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        }
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw Absent("\(command) \(arguments.joined(separator: " ")) failed: \(said)")
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Calls `body` with a folder that is there for as long as it runs.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("danectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// The one key whose files are `stem.key` and `stem.private`.
    static func read(_ stem: String, in folder: URL) throws -> ZoneKey {
        let path = folder.appendingPathComponent(stem).path
        let read = KeyFile.read(
            publicHalf: try KeyVectors.source(path + ".key"), privateHalf: try KeyVectors.source(path + ".private"))
        return try read.get()
    }

    /// Writes a key's two files, and returns their name without ending.
    static func write(_ key: ZoneKey, in folder: URL) throws -> String {
        let stem = KeyFileName(key).description
        try Data(KeyFile.publicText(key).utf8).write(to: folder.appendingPathComponent(stem + ".key"))
        let secret = folder.appendingPathComponent(stem + ".private")
        try Data((KeyFile.privateText(key) ?? "").utf8).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
        return stem
    }
}
