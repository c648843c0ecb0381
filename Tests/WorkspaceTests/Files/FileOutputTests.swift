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

    /// Whether a folder's file system takes blocks past the page cache.
    private static func canLeavePageCache(_ folder: String) -> Bool {
        let path = "\(folder)/danectl-probe.\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | __O_DIRECT, 0o600)
        defer {
            close(descriptor)
            unlink(path)
        }
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 4096)
        defer { block.deallocate() }
        return descriptor >= 0 && write(descriptor, block.baseAddress, block.count) == block.count
    }

    @Test("goes past the page cache when it is much, where that is possible", arguments: folders)
    func route(_ folder: String) throws {
        let path = "\(folder)/danectl-output.\(getpid()).route"
        defer { unlink(path) }
        let octets = Self.octets(1_000_003)
        var output = FileOutput(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        var routes: [Bool] = []
        for _ in 0..<20 {
            try octets.withUnsafeBytes { piece in try output.write(piece) }
            routes.append(output.isPastPageCache)
        }
        #expect(!routes[..<8].contains(true))
        if Self.canLeavePageCache(folder) { #expect(!routes[8...].contains(false)) }
        try output.synchronize()
        let isPastPageCache = output.isPastPageCache
        #expect(!isPastPageCache)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data((0..<20).flatMap { _ in octets }))
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
