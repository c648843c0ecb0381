import Foundation
import Testing
import Workspace

/// What is written arrives, whichever way it takes to the disk.
@Suite("Writing a file past the page cache")
struct FileOutputTests {
    /// Octets that are the same nowhere else.
    private static func octets(_ count: Int) -> ArraySlice<UInt8> {
        let words = (0..<UInt64(count / 8 + 1)).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
        return words.withUnsafeBytes { Array($0) }.prefix(count)
    }

    /// The folders of different file systems, as far as there are some.
    private static let folders = [NSTemporaryDirectory(), "/dev/shm"].filter {
        FileManager.default.isWritableFile(atPath: $0)
    }

    @Test(
        "arrives whole and in order", arguments: folders,
        [
            [0], [4_096, 4_096], [17_000_001], [8 << 20, 1], [(8 << 20) - 1, 1, 4_095, 3 << 20],
            [9 << 20, 2 << 20, 4_096],
        ])
    func arrives(_ folder: String, _ sizes: [Int]) throws {
        let path = "\(folder)/danectl-output.\(getpid()).\(sizes.count).\(sizes[0])"
        defer { unlink(path) }
        let octets = Self.octets(sizes.reduce(0, +))
        var output = FileOutput(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        var start = 0
        for size in sizes {
            try octets[start..<start + size].withUnsafeBytes { piece in try output.write(piece) }
            start += size
        }
        try output.synchronize()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(octets))
    }

    @Test("takes more after a pause, small pieces and large")
    func announced() throws {
        let path = "\(NSTemporaryDirectory())/danectl-output.\(getpid()).pause"
        defer { unlink(path) }
        let octets = Self.octets(20_000_000)
        var output = FileOutput(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        var rest = octets
        var size = 1
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            try piece.withUnsafeBytes { piece in try output.write(piece) }
            rest = rest.dropFirst(size)
            if size % 7 == 0 { try output.announce() }
            size = size % 3_000_017 * 3 + 1
        }
        try output.synchronize()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(octets))
    }

    @Test("says why it cannot")
    func full() {
        var output = FileOutput(open("/dev/full", O_WRONLY))
        let error = #expect(throws: SystemError.self) {
            try Self.octets(20_000_000).withUnsafeBytes { piece in try output.write(piece) }
        }
        #expect(error?.code == ENOSPC)
    }
}
