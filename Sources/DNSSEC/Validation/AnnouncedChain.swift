import DNSModel
import OpenSSLBridge

/// The NSEC3 records of one set of parameters, in hash order.
///
/// Owners are in canonical order, which is hash order: nothing is sorted, and a look-up is a guess that lands beside the
/// right place, because hashes are spread evenly.
struct AnnouncedChain: Sendable {
    /// One NSEC3: what its owner name says, and which record it is.
    struct Entry: Sendable {
        let hash: NSEC3Hash
        let record: UInt32
        /// Its type bitmap, if that is a short one, and the opt-out flag in the lowest bit.
        private let word: UInt64

        /// A word that is no bitmap's.
        private static let otherBitmap: UInt64 = 0xFE

        /// An NSEC3, and which record it is.
        init(hash: NSEC3Hash, record: UInt32, isOptOut: Bool, bitmap: ShortBitmap?) {
            self.hash = hash
            self.record = record
            word = (bitmap?.word ?? Self.otherBitmap) | (isOptOut ? 1 : 0)
        }

        /// An NSEC3 of which nobody asks which record it is: its bitmap is this one, or has the same digest of 56 bits.
        init(hash: NSEC3Hash, isOptOut: Bool, bitmap: UnsafeBufferPointer<UInt8>) {
            self.hash = hash
            record = .max
            let word: UInt64
            if let short = ShortBitmap(bitmap) {
                word = short.word
            } else {
                var hasher = Hasher()
                hasher.combine(bytes: UnsafeRawBufferPointer(bitmap))
                word = UInt64(bitPattern: Int64(hasher.finalize())) << 8 | Self.otherBitmap
            }
            self.word = word | (isOptOut ? 1 : 0)
        }

        var isOptOut: Bool { word & 1 != 0 }

        /// Whether two have the same bitmap, when neither was made with a record.
        func hasSameBitmap(as other: Self) -> Bool { (word ^ other.word) & ~1 == 0 }

        /// Whether the bitmap is known to be this one, without a look at the record.
        func surelyHas(_ bitmap: ShortBitmap?) -> Bool { bitmap.map { word & ~1 == $0.word } ?? false }
    }

    /// The parameters that all have.
    let parameters: ChainParameters
    /// The records; two have the same hash only where the zone is at fault.
    let entries: [Entry]
    /// How many have the opt-out flag.
    let optOutCount: Int
    /// For each value of the hash's highest bits, the first entry that is not below.
    private let buckets: [UInt32]
    private let shift: UInt64

    init(_ parameters: ChainParameters, entries: [Entry]) {
        self.parameters = parameters
        self.entries = entries
        optOutCount = entries.reduce(0) { $0 + ($1.isOptOut ? 1 : 0) }
        var bits = 1
        while 1 << bits < entries.count, bits < 26 { bits += 1 }
        shift = UInt64(64 - bits)
        var buckets = [UInt32](repeating: 0, count: (1 << bits) + 1)
        for entry in entries { buckets[Int(entry.hash.high >> shift) + 1] += 1 }
        for index in 1..<buckets.count { buckets[index] += buckets[index - 1] }
        self.buckets = buckets
    }

    /// Whether every hash that is in the zone must be looked up; under opt-out, delegations without DS may be left out.
    var mayHaveGaps: Bool { optOutCount > 0 }

    /// Where the entries begin among which a hash must be.
    @inline(__always)
    func firstEntry(for hash: NSEC3Hash) -> Int { Int(buckets[Int(hash.high >> shift)]) }

    /// The entry for a hash, or `nil`.
    func find(_ hash: NSEC3Hash) -> Int? {
        let bucket = Int(hash.high >> shift)
        for index in Int(buckets[bucket])..<Int(buckets[bucket &+ 1]) where entries[index].hash == hash {
            return index
        }
        return nil
    }

    /// The entry whose span a hash lies in: the last one before it, or the last of all.
    func covering(_ hash: NSEC3Hash) -> Int? {
        if entries.isEmpty { return nil }
        let bucket = Int(hash.high >> shift)
        var index = Int(buckets[bucket &+ 1])
        while index > 0, !(entries[index - 1].hash < hash) { index -= 1 }
        return index == 0 ? entries.count - 1 : index - 1
    }
}

/// Hashes names as NSEC3 does (RFC 5155 §5). One per worker; nothing is allocated per name.
///
/// A hot file: it writes through unchecked pointers.
struct NSEC3NameHasher: ~Copyable {
    /// More iterations than RFC 5155 §10.3 allows with any key: not worth hours of anybody's time.
    static let maximumIterations: UInt16 = 2500

    private var digest = DigestContext(.sha1)
    private let buffer: UnsafeMutableRawBufferPointer = .allocate(byteCount: 512, alignment: 8)

    init() {}

    deinit { buffer.deallocate() }

    /// The hash of a name.
    mutating func hash(_ name: UnsafeBufferPointer<UInt8>, _ parameters: ChainParameters) -> NSEC3Hash {
        for index in 0..<name.count { buffer[index] = asciiLowercased(name[index]) }
        var length = append(parameters.salt, at: name.count)
        digestInPlace(length)
        for _ in 0..<min(parameters.iterations, Self.maximumIterations) {
            length = append(parameters.salt, at: 20)
            digestInPlace(length)
        }
        return NSEC3Hash(UnsafeRawBufferPointer(buffer))
    }

    private mutating func append(_ salt: [UInt8], at start: Int) -> Int {
        for index in salt.indices { buffer[start &+ index] = salt[index] }
        return start &+ salt.count
    }

    private mutating func digestInPlace(_ length: Int) {
        digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
        digest.finish(into: buffer)
    }
}
