import DNSModel
import Dispatch
import Glibc

/// Blocks of octets on their way to a file past the page cache (`O_DIRECT`).
///
/// A thread of its own writes a block while the next ones are being filled, so whoever makes the octets waits for the disk
/// only when it is slower for longer than the blocks last. Their places in memory and in the file are multiples of what
/// disks want.
final class BlockWriter: @unchecked Sendable {
    // Sendable: a block belongs to the one thread that fills it, or to the queue.
    private let descriptor: Int32
    private let blocks: UnsafeMutableRawPointer
    private let queue = DispatchQueue(label: "blocks of a file")
    /// The blocks that may be filled.
    private let idle = DispatchSemaphore(value: 0)
    /// What went wrong in the queue, and whether the file system still takes blocks.
    private let state = Guarded<State>(State())
    private var current = 0
    private var filled = 0
    /// The number of octets that were given to the queue or, at the end, written.
    private(set) var size = 0

    private struct State {
        var error: SystemError?
        var isDirect = true
    }

    private static let blockSize = 1 << 20
    private static let blockCount = 4
    /// A multiple of the sectors of any disk: the file's size must be one when the first block is begun.
    static let alignment = 4096

    /// Prepares a file for blocks; `nil` where the file system has no such way.
    init?(_ descriptor: Int32) {
        guard fcntl(descriptor, F_SETFL, __O_DIRECT) == 0 else { return nil }
        self.descriptor = descriptor
        blocks = .allocate(byteCount: Self.blockSize * Self.blockCount, alignment: Self.alignment)
        for _ in 1..<Self.blockCount { idle.signal() }
    }

    deinit { blocks.deallocate() }

    /// Appends octets.
    ///
    /// - Throws: What went wrong with earlier ones.
    func write(_ octets: UnsafeRawBufferPointer) throws(SystemError) {
        var rest = octets
        while let start = rest.baseAddress, rest.count > 0 {
            let count = min(rest.count, Self.blockSize - filled)
            (blocks + current * Self.blockSize + filled).copyMemory(from: start, byteCount: count)
            filled += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if filled == Self.blockSize { try handOver() }
        }
    }

    /// Waits until all whole blocks are written, ends the way past the page cache, and writes what is left, which is no whole
    /// block: the end of a file is no whole sector.
    func finish() throws(SystemError) {
        queue.sync {}
        _ = fcntl(descriptor, F_SETFL, 0)
        if let error = state.withLock({ $0.error }) { throw error }
        var isDirect = false
        let rest = UnsafeRawBufferPointer(start: blocks + current * Self.blockSize, count: filled)
        try FileOutput.write(rest, to: descriptor, isDirect: &isDirect)
        size += filled
        filled = 0
    }

    /// Gives the block that is full to the queue, and takes the next one.
    private func handOver() throws(SystemError) {
        let block = UnsafeRawBufferPointer(start: blocks + current * Self.blockSize, count: Self.blockSize)
        nonisolated(unsafe) let octets = block
        queue.async { [self] in
            put(octets)
            idle.signal()
        }
        size += Self.blockSize
        idle.wait()
        current = (current + 1) % Self.blockCount
        filled = 0
        if let error = state.withLock({ $0.error }) { throw error }
    }

    /// Writes a block, unless one before it could not be written.
    private func put(_ octets: UnsafeRawBufferPointer) {
        var (error, isDirect) = state.withLock { ($0.error, $0.isDirect) }
        guard error == nil else { return }
        do throws(SystemError) {
            try FileOutput.write(octets, to: descriptor, isDirect: &isDirect)
        } catch let failure { error = failure }
        let outcome = State(error: error, isDirect: isDirect)
        state.withLock { $0 = outcome }
    }
}
