import Foundation

/// A server on the loopback interface, in the foreground, that is gone with this object.
///
/// It is run by `timeout`, so that it ends even when the tests are killed.
final class LoopbackServer {
    /// Why there is no server.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let process = Process()
    private let name: String

    /// Starts a program for a minute at the most.
    init(_ program: String, _ arguments: [String], in folder: TemporaryFolder) throws {
        name = program
        let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
        guard let path = folders.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile(atPath:))
        else { throw Failure(description: "\(program) is not installed; the command that runs the tests installs it") }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["-s", "KILL", "60", path] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        try folder.write("", to: "\(program).out")
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder.path)/\(program).out")
        process.standardError = process.standardOutput
        try process.run()
    }

    /// Whether the program still runs.
    var isRunning: Bool { process.isRunning }

    /// Waits until `isReady`; gives up when the program ends, or after twenty seconds.
    func wait(until isReady: () throws -> Bool) throws {
        let deadline = Date().addingTimeInterval(20)
        while Date() < deadline {
            guard isRunning else { throw Failure(description: "\(name) ended: \(process.terminationStatus)") }
            if try isReady() { return }
            usleep(20_000)
        }
        throw Failure(description: "\(name) does not answer")
    }

    /// Ends the program, and all that it has started.
    func stop() {
        guard process.isRunning else { return }
        // It leads a process group of its own; and a thread that starts it may block the signals that ask politely.
        kill(-process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit { stop() }

    /// A port that neither UDP nor TCP uses on 127.0.0.1 at the moment.
    static func freePort() throws -> UInt16 {
        for _ in 0..<50 {
            guard let port = bind(0, SOCK_STREAM), bind(port, SOCK_DGRAM) != nil else { continue }
            return port
        }
        throw Failure(description: "no port is free")
    }

    /// Binds a socket for a moment, and tells which port it had.
    private static func bind(_ port: UInt16, _ kind: __socket_type) -> UInt16? {
        let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        return bound ? UInt16(bigEndian: address.sin_port) : nil
    }
}
