public import DNSModel

/// When signatures begin and end, and when they are due to be made anew.
public struct SignatureTimes: Sendable, Hashable {
    /// How long before now a signature begins, in seconds, for validators whose clocks are slow.
    public var inceptionOffset: Int64
    /// How long after now a signature ends, in seconds, before jitter.
    public var validity: Int64
    /// A signature that ends this soon or sooner, in seconds, is made anew.
    public var refresh: Int64
    /// By how much at most a signature ends earlier than ``validity`` says, in seconds. The amount is fixed for each
    /// RRset, so that not everything ends at once and output is the same for the same input.
    public var jitter: Int64
    /// A beginning given outright, instead of ``inceptionOffset``.
    public var inception: Timestamp?
    /// An end given outright, instead of ``validity`` and ``jitter``.
    public var expiration: Timestamp?

    /// Creates times relative to the moment of signing, in seconds.
    public init(inceptionOffset: Int64, validity: Int64, refresh: Int64, jitter: Int64) {
        self.inceptionOffset = inceptionOffset
        self.validity = validity
        self.refresh = refresh
        self.jitter = jitter
        inception = nil
        expiration = nil
    }

    /// When a signature is due, those that would be due within this many seconds are made anew with it: one serial and one
    /// transfer, instead of several in a row.
    ///
    /// It is half the time from signing to being due, so that RRsets that were signed at different times are soon signed
    /// together. With a jitter beyond it, load is spread over several runs.
    public var bundling: Int64 { max(0, validity - refresh) / 2 }

    /// Whether a signature of `zone` is due and takes others with it: see ``bundling``.
    func isAnyDue(in zone: Zone, at now: Timestamp) -> Bool {
        bundling > 0 && zone.hasSignature(endingWithin: Int32(clamping: refresh), of: now.serial)
    }

    /// Two weeks, made anew after one, ends spread over half a day, beginning an hour ago.
    public static let standard = SignatureTimes(
        inceptionOffset: 3600, validity: 14 * 86_400, refresh: 7 * 86_400, jitter: 43_200)
}

/// The times of one run, in the 32 bits that RRSIG has for them (RFC 4034 §3.1.5).
struct SignatureWindow: Sendable {
    /// The beginning of every signature.
    let inception: UInt32
    /// The latest end.
    let latestExpiration: UInt32
    /// The number of seconds by which an end may come earlier, or 0.
    let jitter: UInt64
    /// The present.
    let now: UInt32
    /// What must be left of a signature that is kept.
    let refresh: Int32

    /// - Parameter previous: The zone whose signatures may be kept: it tells whether any is due.
    init(_ times: SignatureTimes, now: Timestamp, previous: Zone?) {
        inception = (times.inception ?? now.advanced(by: -times.inceptionOffset)).serial
        latestExpiration = (times.expiration ?? now.advanced(by: times.validity)).serial
        jitter = times.expiration == nil ? UInt64(max(0, times.jitter)) : 0
        self.now = now.serial
        let refresh = Int32(clamping: times.refresh)
        let isAnyDue = previous.map { times.isAnyDue(in: $0, at: now) } ?? false
        self.refresh = isAnyDue ? Int32(clamping: times.refresh + times.bundling) : refresh
    }

    /// The end of the signatures over an RRset, fixed by its owner and type.
    ///
    /// - Parameter owner: The owner in lower case.
    @inline(__always)
    func expiration(of owner: UnsafeBufferPointer<UInt8>, _ type: RRType) -> UInt32 {
        guard jitter > 0 else { return latestExpiration }
        // FNV-1a, which is the same everywhere and for ever, with a final mix.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<owner.count { hash = (hash ^ UInt64(owner[index])) &* 0x100_0000_01B3 }
        hash = (hash ^ UInt64(type.rawValue)) &* 0x100_0000_01B3
        hash ^= hash >> 32
        hash = hash &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
        return latestExpiration &- UInt32(truncatingIfNeeded: hash % (jitter &+ 1))
    }

    /// Whether a signature with these times has begun and is not due.
    @inline(__always)
    func isStillGood(inception: UInt32, expiration: UInt32) -> Bool {
        Int32(bitPattern: now &- inception) >= 0 && Int32(bitPattern: expiration &- now) > refresh
    }
}

extension Zone {
    /// Whether any signature has no more than `seconds` left.
    fileprivate func hasSignature(endingWithin seconds: Int32, of now: UInt32) -> Bool {
        withView { view in
            view.records.contains { record in
                guard record.type == .rrsig, record.rdataLength >= 12 else { return false }
                let rdata = view.store.octets(at: record.rdataOffset, count: record.rdataLength)
                let expiration = rdata[8..<12].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                return Int32(bitPattern: expiration &- now) <= seconds
            }
        }
    }
}
