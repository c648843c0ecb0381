import DNSModel
import DNSSEC
import Dispatch

/// A signed zone on its way to its file: text, then the digest of it, then the old file's place.
final class SignedFile: SignedTextReceiver {
    private var file: AtomicFile?
    private var digest = ContentDigest.Computation()
    /// Why a piece could not be written.
    private(set) var failure: Failure?
    /// The name of the new file until it is put in its place.
    let newPath: String

    /// Begins to replace the file at `path`.
    init(replacing path: String) throws(Failure) {
        let file = try AtomicFile.replacing(path)
        newPath = file.newPath
        self.file = consume file
    }

    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        do throws(Failure) { try write(piece) } catch { failure = error }
        return failure == nil
    }

    /// Writes a whole zone.
    func write(_ zone: Zone, workers: Workers) throws(Failure) {
        try ZoneFileWriter.write(zone, style: .presentation, workers: workers) { piece throws(Failure) in
            try write(piece)
        }
    }

    /// Writes a piece of the text.
    func write(_ piece: UnsafeRawBufferPointer) throws(Failure) {
        digest.update(piece)
        try file?.write(piece)
    }

    /// Writes pieces that stay in memory until this returns; another thread goes ahead and computes their digest.
    ///
    /// - Parameter isWritten: Called with the number of each piece that is in the file, and will not be looked at again.
    func write(_ pieces: [UnsafeRawBufferPointer], isWritten: (Int) -> Void) throws(Failure) {
        let ahead = DispatchSemaphore(value: 0)
        let group = DispatchGroup()
        // Until the group is done, the digest is that thread's.
        nonisolated(unsafe) let (pieces, this) = (pieces, self)
        DispatchQueue.global().async(group: group) {
            for piece in pieces {
                this.digest.update(piece)
                ahead.signal()
            }
        }
        defer { group.wait() }
        for (number, piece) in pieces.enumerated() {
            ahead.wait()
            try file?.write(piece)
            isWritten(number)
        }
    }

    /// Writes the last lines, when all text has been taken.
    func finish(_ provenance: Provenance?) throws(Failure) {
        if let provenance {
            let lines = provenance.lines
            try lines.span.bytes.withUnsafeBytes { octets throws(Failure) in try write(octets) }
        }
        let line = digest.line()
        try line.span.bytes.withUnsafeBytes { octets throws(Failure) in try file?.write(octets) }
        try file?.announce()
    }

    /// Puts the new file in the old one's place.
    func commit() throws(Failure) {
        if let file = file.take() { try file.commit() }
    }
}
