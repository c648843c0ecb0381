import DNSModel
import OpenSSLBridge

/// The last line of a signed zone that danectl wrote: a digest of all octets before it.
///
/// When it matches, every signature in the file is one that danectl made or checked, over the very records beside it, so
/// that the next run may keep signatures without verifying each again. It guards against accidents, not against somebody
/// who may write the file: such a person could replace the whole zone, and this line with it. So the digest is Poly1305
/// with a key that everybody knows: two texts of a gigabyte that differ by accident have the same one with a probability
/// of 2^-77, and to compute it takes a sixth of the time of SHA-256.
enum ContentDigest {
    private static let prefix = Array("; danectl content poly1305 ".utf8)
    private static let key = Array("danectl content digest version 1".utf8)
    /// The number of octets of the line.
    static let length = prefix.count + 2 * Poly1305.tagLength + 1

    /// The line for a digest.
    private static func line(_ digest: [UInt8]) -> [UInt8] {
        prefix + Array(Hex.encode(digest).utf8) + [UInt8(ascii: "\n")]
    }

    /// The digest of octets that come piece by piece.
    struct Computation: ~Copyable {
        private var digest = Poly1305(key: ContentDigest.key)

        /// Adds octets.
        mutating func update(_ octets: UnsafeRawBufferPointer) { digest?.update(octets) }

        /// The last line of a file with these octets: empty where the library does without the algorithm, so that the next
        /// run verifies what it keeps. Nothing can be added afterwards.
        mutating func line() -> [UInt8] {
            guard let digest = digest.take() else { return [] }
            return ContentDigest.line(digest.finish())
        }
    }

    /// Whether a file's last line tells the digest of the octets before it.
    ///
    /// - Parameter hasRead: Called with how many octets have been read, from time to time.
    static func matches(_ file: ZoneFileOctets, hasRead: (Int) -> Void = { _ in }) -> Bool {
        let octets = file.buffer
        guard octets.count > length else { return false }
        let last = octets[(octets.count - length)...]
        guard last.starts(with: prefix) else { return false }
        var computation = Computation()
        let pieceSize = 8 << 20
        for start in stride(from: 0, to: octets.count - length, by: pieceSize) {
            let piece = start..<min(start + pieceSize, octets.count - length)
            computation.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(octets)[piece]))
            file.leave(piece)
            hasRead(piece.upperBound)
        }
        return last.elementsEqual(computation.line())
    }
}
