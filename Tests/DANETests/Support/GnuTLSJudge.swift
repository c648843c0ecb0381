import DANE
import DNSModel
import Foundation
import OpenSSLBridge

/// GnuTLS's libdane, which is what `danetool --check` runs on the records that it has looked up.
struct GnuTLSJudge {
    /// What libdane says of a chain and an RRset.
    enum Answer: Hashable {
        /// A record matches.
        case accepted
        /// Records were looked at, and none matches.
        case refused
        /// There is no record that it understands.
        case unchecked
        /// It gave up, and looked at no further record.
        case failed(Int)

        init?(_ line: Substring) {
            let words = line.split(separator: " ")
            switch words.first {
            case "accepted": self = .accepted
            case "refused": self = .refused
            case "unchecked": self = .unchecked
            case "failed":
                guard words.count == 2, let code = Int(words[1]) else { return nil }
                self = .failed(code)
            default: return nil
            }
        }
    }

    /// Why there is no judge.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The small program around the library, compiled once.
    private static let program: Result<String, any Error> = Result {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/gnutls-dane.c").path
        let target = NSTemporaryDirectory() + "danectl-gnutls-\(ProcessInfo.processInfo.processIdentifier)"
        let (status, output) = try run(
            "/usr/bin/env", ["clang", "-O1", "-o", target, source, "-lgnutls-dane", "-lgnutls"], input: nil)
        guard status == 0 else {
            throw Failure(
                description: "libgnutls28-dev is not installed? The command that runs the tests does: \(output)")
        }
        return target
    }

    /// What is to be asked, as lines.
    private var input: String

    /// A client whose clock stands at `time`.
    init(at time: Timestamp) { input = "time \(time.rawValue)\n" }

    /// Lets the server present a chain from here on.
    mutating func present(_ chain: [Certificate]) {
        input += "chain " + chain.map { Hex.encode($0.der).lowercased() }.joined(separator: " ") + "\n"
    }

    /// Asks about an RRset, in this order.
    mutating func ask(_ records: [RData.TLSA]) {
        input += "records " + records.map { Hex.encode($0.wireFormat).lowercased() }.joined(separator: " ") + "\n"
    }

    /// The answers to all that was asked.
    func answers() throws -> [Answer] {
        let questions = input.split(separator: "\n").count { $0.hasPrefix("records ") }
        let (status, output) = try Self.run(Self.program.get(), [], input: input)
        let answers = output.split(separator: "\n").compactMap(Answer.init)
        guard status == 0, answers.count == questions else {
            throw Failure(description: "\(answers.count) answers to \(questions) questions, status \(status)")
        }
        return answers
    }

    private static func run(_ path: String, _ arguments: [String], input: String?) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let file = NSTemporaryDirectory() + "danectl-gnutls-\(UUID().uuidString)"
        try Data((input ?? "").utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        process.standardInput = FileHandle(forReadingAtPath: file)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
