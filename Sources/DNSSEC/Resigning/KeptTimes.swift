import DNSModel

/// Tells from the text of a signature's times whether it has begun and is not due.
///
/// Fourteen digits, `YYYYMMDDHHMMSS`, sort as the times do.
struct KeptTimes: Sendable {
    /// The number of digits.
    static let width = 14

    /// The present, and the end that a signature must outlast.
    private let now: [UInt8]
    private let limit: [UInt8]

    /// The limits of a run; `nil` near the ends of the 32 bits that RRSIG has for its times, where they wrap around.
    init?(_ window: SignatureWindow) {
        let limit = Int64(window.now) + Int64(window.refresh)
        guard limit > 0, limit < Int64(UInt32.max), window.now < Int32.max else { return nil }
        var text = TextBuffer()
        RDataPrinter.appendTime(window.now, to: &text)
        RDataPrinter.appendTime(UInt32(limit), to: &text)
        now = Array(text.octets[..<Self.width])
        self.limit = Array(text.octets[Self.width...])
    }

    /// Whether a signature with these times has begun and is not due: see ``SignatureWindow/isStillGood(inception:expiration:)``.
    @inline(__always)
    func areGood(expiration: UnsafePointer<UInt8>, inception: UnsafePointer<UInt8>) -> Bool {
        now.withUnsafeBufferPointer { now in
            limit.withUnsafeBufferPointer { limit in
                guard let now = now.baseAddress, let limit = limit.baseAddress else { return false }
                return !Self.precedes(now, inception) && Self.precedes(limit, expiration)
            }
        }
    }

    /// Whether a time is before another.
    @inline(__always)
    static func precedes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>) -> Bool {
        let (one, other) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        let high = (word(one), word(other))
        return high.0 != high.1 ? high.0 < high.1 : word(one + (width - 8)) < word(other + (width - 8))
    }

    @inline(__always)
    private static func word(_ octets: UnsafeRawPointer) -> UInt64 {
        UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self))
    }
}
