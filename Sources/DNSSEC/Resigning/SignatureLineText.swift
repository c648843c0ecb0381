import DNSModel

/// The text of signatures' lines that comes again and again: what stands between the owner and the times, for each type, TTL,
/// number of labels and algorithm, and what stands between the times and the signature, for each key.
///
/// A hot file: it copies whole words into room that has been reserved.
struct SignatureLineText: ~Copyable {
    /// What stands before the times, if it is short enough: `3600\tIN\tRRSIG\tAAAA 13 3 3600 `.
    private struct Head {
        /// Type, TTL, labels and algorithm, with a bit that makes it different from none.
        var key: UInt64 = 0
        var count = 0
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    }

    private static let width = 48
    private static let places = 256
    private let heads = UnsafeMutablePointer<Head>.allocate(capacity: places)
    private let tails: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<UInt8>>

    /// - Parameter signer: The signer's name in wire format.
    init(_ labels: UnsafeBufferPointer<KeyLabel>, signer: UnsafeBufferPointer<UInt8>) {
        heads.initialize(repeating: Head(), count: Self.places)
        tails = .allocate(capacity: labels.count)
        for (index, label) in labels.enumerated() {
            var text = TextBuffer()
            text.append(UInt8(ascii: " "))
            text.appendDecimal(UInt32(label.keyTag))
            text.append(UInt8(ascii: " "))
            RDataPrinter.appendName(signer, to: &text)
            text.append(UInt8(ascii: " "))
            let tail = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
            _ = tail.initialize(from: text.octets)
            tails.initializeElement(at: index, to: tail)
        }
    }

    deinit {
        heads.deallocate()
        for tail in tails { tail.deallocate() }
        tails.deallocate()
    }

    /// What stands between the times and the signature of a key.
    @inline(__always)
    func tail(of key: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(tails[key]) }

    @inline(__always)
    private static func key(_ type: RRType, _ ttl: TTL, _ labels: UInt8, _ algorithm: UInt8) -> UInt64 {
        1 &<< 63 | UInt64(ttl.rawValue) &<< 32 | UInt64(type.rawValue) &<< 16 | UInt64(labels) &<< 8
            | UInt64(algorithm)
    }

    /// Types and labels that are equal in a few bits share a place.
    @inline(__always)
    private func place(_ type: RRType, _ labels: UInt8) -> UnsafeMutablePointer<Head> {
        heads + Int(type.rawValue & 63 | UInt16(labels & 3) &<< 6)
    }

    /// Appends what stands before the times, if it is known.
    @inline(__always)
    func appendHead(_ type: RRType, _ ttl: TTL, _ labels: UInt8, _ algorithm: UInt8, to text: inout TextBuffer) -> Bool
    {
        let head = place(type, labels)
        guard head.pointee.key == Self.key(type, ttl, labels, algorithm) else { return false }
        UnsafeMutableRawPointer(text.reserve(Self.width)).storeBytes(
            of: head.pointee.words, as: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64).self)
        text.commit(head.pointee.count)
        return true
    }

    /// Keeps what stands before the times.
    func keepHead(
        _ type: RRType, _ ttl: TTL, _ labels: UInt8, _ algorithm: UInt8, _ text: Slice<UnsafeBufferPointer<UInt8>>
    ) {
        guard text.count <= Self.width else { return }
        var head = Head(key: Self.key(type, ttl, labels, algorithm), count: text.count)
        withUnsafeMutableBytes(of: &head.words) { $0.copyBytes(from: text) }
        place(type, labels).pointee = head
    }
}
