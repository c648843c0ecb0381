import COpenSSL

/// Makes ECDSA signatures on P-256 (FIPS 186-5 §6.4.1) many at a time, so that they share what costs as much as the
/// multiplication of the curve's generator: two inverses, that of each nonce and that of each point's third coordinate. A
/// signature takes 7.5 µs instead of 13.6 µs that way.
///
/// All arithmetic is OpenSSL's: the nonce, to which the key, the digest and random octets contribute, as in OpenSSL's own
/// signing (`BN_generate_dsa_nonce`); its point (`EC_POINT_mul`); the points' affine form (`EC_POINTs_make_affine`); the
/// inverses (``SharedInverses``); and the signature from r and k⁻¹ (`ECDSA_do_sign_ex`, which takes both for that purpose).
///
/// Two things must never happen, since they would give the key away. A nonce must not serve two signatures: each batch makes
/// new ones, for its own digests, and whatever goes wrong ends it. A signature must not be made with an inverse that is not
/// its nonce's: both are multiplied with each other first.
///
/// One thread's. A hot file: digests are written, and signatures go, to where unchecked pointers say.
final class ECDSABatch {
    /// How many signatures are made at once: with more of them, they are in each other's way in the cache.
    static let capacity = 64
    /// Fewer cost less one by one.
    private static let minimum = 4
    static let digestLength = 32

    /// Signs one by one.
    private let signing: ECDSASigning
    private let group: OpaquePointer
    private let order: OpaquePointer
    private let secret: OpaquePointer
    private let context: OpaquePointer
    /// The nonces and their inverses.
    private let nonces: SharedInverses
    private let coordinate, r: OpaquePointer
    private let numbers: BigNumbers
    private var points: [OpaquePointer?]
    private let digests: UnsafeMutableRawPointer
    private let targets: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private var count = 0

    /// - Parameters:
    ///   - signing: Signs with the same key.
    ///   - library: The library context that the key belongs to, whose random octets are used.
    init?(_ signing: ECDSASigning, in library: LibraryContext?) {
        guard let group = EC_KEY_get0_group(signing.key), EC_GROUP_get_curve_name(group) == NID_X9_62_prime256v1,
            let order = EC_GROUP_get0_order(group), let secret = EC_KEY_get0_private_key(signing.key),
            let context = BN_CTX_new_ex(library?.pointer)
        else { return nil }
        guard let nonces = SharedInverses(modulo: order, capacity: Self.capacity, context),
            let numbers = BigNumbers(2)
        else {
            BN_CTX_free(context)
            return nil
        }
        self.signing = signing
        self.group = group
        self.order = order
        self.secret = secret
        self.context = context
        self.nonces = nonces
        self.numbers = numbers
        (coordinate, r) = (numbers[0], numbers[1])
        points = (0..<Self.capacity).map { _ in EC_POINT_new(group) }
        digests = .allocate(byteCount: Self.capacity * Self.digestLength, alignment: 16)
        targets = .allocate(capacity: Self.capacity)
        if points.contains(nil) { return nil }
    }

    deinit {
        for point in points { EC_POINT_clear_free(point) }
        BN_CTX_free(context)
        digests.deallocate()
        targets.deallocate()
    }

    /// Where the next digest goes, before ``add(signatureTo:)``.
    @inline(__always)
    var nextDigest: UnsafeMutableRawPointer { digests + count &* Self.digestLength }

    /// Adds the digest at ``nextDigest``, whose r and s go to `target`, 64 octets that stay in place until ``sign()`` has
    /// returned; it is called when the batch is full.
    @inline(__always)
    func add(signatureTo target: UnsafeMutableRawPointer) throws(OpenSSLError) {
        (targets + count).initialize(to: target)
        count &+= 1
        if count == Self.capacity { try sign() }
    }

    /// Signs what was added.
    func sign() throws(OpenSSLError) {
        let count = self.count
        self.count = 0
        guard count >= Self.minimum else {
            for index in 0..<count { try signAlone(index) }
            return
        }
        for index in 0..<count { try makeNonce(index) }
        guard danectl_make_affine(group, count, &points, context) == 1, nonces.begin(count) else {
            throw .draining("cannot sign")
        }
        for index in (0..<count).reversed() {
            guard let inverse = nonces.next() else { throw .draining("cannot invert a nonce") }
            guard danectl_affine_x(group, points[index], coordinate, context) == 1,
                BN_nnmod(r, coordinate, order, context) == 1
            else { throw .draining("cannot sign") }
            let signature =
                BN_is_zero(r) == 1
                ? nil : ECDSA_do_sign_ex(digest(index), Int32(Self.digestLength), inverse, r, signing.key)
            if let signature {
                try signing.write(signature, to: targets[index])
            } else {
                // "If r = 0, … If s = 0, …, return to" the beginning, of one signature in 2²⁵⁵.
                ERR_clear_error()
                try signAlone(index)
            }
        }
    }

    /// A nonce that has never been before, and its multiple of the generator.
    @inline(__always)
    private func makeNonce(_ index: Int) throws(OpenSSLError) {
        let nonce = nonces[index]
        repeat {
            guard BN_generate_dsa_nonce(nonce, order, secret, digest(index), Self.digestLength, context) == 1 else {
                throw .draining("cannot make a nonce")
            }
        } while BN_is_zero(nonce) == 1
        guard EC_POINT_mul(group, points[index], nonce, nil, nil, context) == 1 else { throw .draining("cannot sign") }
    }

    private func signAlone(_ index: Int) throws(OpenSSLError) {
        try signing.sign(digest: digest(index), Self.digestLength, into: targets[index])
    }

    @inline(__always)
    private func digest(_ index: Int) -> UnsafePointer<UInt8> {
        UnsafePointer((digests + index &* Self.digestLength).assumingMemoryBound(to: UInt8.self))
    }
}
