import COpenSSL

/// ECDSA verification on P-256 (FIPS 186-5 §6.4.2) with a table of the key's multiples.
///
/// One verifier's. It only confirms: for what it does not confirm, ask OpenSSL's own verification. A hot file.
final class TabledECDSAVerification {
    private let group: OpaquePointer
    private let keyGroup: OpaquePointer
    private let context: OpaquePointer
    private let order: OpaquePointer
    /// r, s, the digest, s⁻¹, u₁, u₂ and the x coordinate.
    private let numbers: [OpaquePointer]
    /// u₁ · G, u₂ · Q and their sum.
    private let points: [OpaquePointer]

    private static let numberCount = 7
    private static let pointCount = 3

    init?(_ multiples: KeyMultiples) {
        let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)
        let keyGroup = EC_GROUP_dup(multiples.group)
        let context = BN_CTX_new()
        let numbers = (0..<Self.numberCount).compactMap { _ in BN_new() }
        let points = (0..<Self.pointCount).compactMap { _ in group.flatMap { EC_POINT_new($0) } }
        guard let group, let keyGroup, let context, numbers.count == Self.numberCount,
            points.count == Self.pointCount, let order = EC_GROUP_get0_order(group)
        else {
            for number in numbers { BN_free(number) }
            for point in points { EC_POINT_free(point) }
            BN_CTX_free(context)
            EC_GROUP_free(keyGroup)
            EC_GROUP_free(group)
            ERR_clear_error()
            return nil
        }
        self.group = group
        self.keyGroup = keyGroup
        self.context = context
        self.order = order
        self.numbers = numbers
        self.points = points
    }

    deinit {
        for number in numbers { BN_free(number) }
        for point in points { EC_POINT_free(point) }
        BN_CTX_free(context)
        EC_GROUP_free(keyGroup)
        EC_GROUP_free(group)
    }

    /// Whether r and s, 32 octets each, are a signature over a digest of 32 octets.
    func isValid(signature: UnsafeRawPointer, digest: UnsafeRawPointer) -> Bool {
        let (r, s, hash, inverse, u1, u2, x) = (
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]
        )
        let octets = signature.assumingMemoryBound(to: UInt8.self)
        // 1. r and s are integers from 1 to n − 1.
        guard BN_bin2bn(octets, 32, r) != nil, BN_bin2bn(octets + 32, 32, s) != nil,
            BN_bin2bn(digest.assumingMemoryBound(to: UInt8.self), 32, hash) != nil,
            BN_is_zero(r) == 0, BN_is_zero(s) == 0, BN_cmp(r, order) < 0, BN_cmp(s, order) < 0
        else { return false }
        // 2. u₁ = hash / s and u₂ = r / s modulo n.
        guard BN_mod_inverse(inverse, s, order, context) != nil,
            BN_mod_mul(u1, hash, inverse, order, context) == 1, BN_mod_mul(u2, r, inverse, order, context) == 1
        else { return unconfirmed() }
        // 3. The x coordinate of u₁ · G + u₂ · Q is r modulo n; the point at infinity has none.
        guard EC_POINT_mul(group, points[0], u1, nil, nil, context) == 1,
            EC_POINT_mul(keyGroup, points[1], u2, nil, nil, context) == 1,
            EC_POINT_add(group, points[2], points[0], points[1], context) == 1,
            EC_POINT_is_at_infinity(group, points[2]) == 0,
            EC_POINT_get_affine_coordinates(group, points[2], x, nil, context) == 1,
            BN_nnmod(x, x, order, context) == 1
        else { return unconfirmed() }
        return BN_cmp(x, r) == 0
    }

    private func unconfirmed() -> Bool {
        ERR_clear_error()
        return false
    }
}
