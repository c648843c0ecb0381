import COpenSSL

extension OwnedKey {
    /// An RSA key from its eight numbers, which must belong together.
    convenience init(rsa numbers: RSAMaterial, for algorithm: SignatureAlgorithm) throws(OpenSSLError) {
        // Nothing longer than the largest modulus is looked at, so that a hostile file costs no time.
        let parts = [
            numbers.modulus, numbers.publicExponent, numbers.privateExponent, numbers.prime1, numbers.prime2,
            numbers.exponent1, numbers.exponent2, numbers.coefficient,
        ]
        guard parts.allSatisfy({ $0.count <= 4096 / 8 + 1 && $0.contains { $0 != 0 } }) else {
            throw OpenSSLError(.malformedKey, "a number of the RSA private key is zero or longer than 4096 bits")
        }
        try RSAPublicKeyForm(exponent: numbers.publicExponent, modulus: numbers.modulus).check(for: algorithm)
        let n = try BigNumber(numbers.modulus)
        let e = try BigNumber(numbers.publicExponent)
        let d = try BigNumber(numbers.privateExponent)
        let p = try BigNumber(numbers.prime1)
        let q = try BigNumber(numbers.prime2)
        let dp = try BigNumber(numbers.exponent1)
        let dq = try BigNumber(numbers.exponent2)
        let qInverse = try BigNumber(numbers.coefficient)

        try Self.checkProduct(p, q, is: n)
        try Self.checkExponents(e: e, d: d, reduced: dp, prime: p)
        try Self.checkExponents(e: e, d: d, reduced: dq, prime: q)
        try Self.checkInverse(qInverse, of: q, modulo: p)

        let parameters = try KeyParameters()
        try parameters.add("n", n)
        try parameters.add("e", e)
        try parameters.add("d", d)
        try parameters.add("rsa-factor1", p)
        try parameters.add("rsa-factor2", q)
        try parameters.add("rsa-exponent1", dp)
        try parameters.add("rsa-exponent2", dq)
        try parameters.add("rsa-coefficient1", qInverse)
        let made = try parameters.makeUnsafeOwnedKey("RSA", isPrivate: true)
        // The builder borrows the numbers until here.
        _ = [n.bitCount, e.bitCount, d.bitCount, p.bitCount, q.bitCount, dp.bitCount, dq.bitCount, qInverse.bitCount]
        self.init(takingOwnershipOf: made)
    }

    private static func inconsistent(_ what: String) -> OpenSSLError {
        .draining(.inconsistentKey, "the RSA private key is inconsistent: \(what)")
    }

    /// n = p · q, both odd and greater than 1.
    private static func checkProduct(
        _ p: borrowing BigNumber, _ q: borrowing BigNumber, is n: borrowing BigNumber
    ) throws(OpenSSLError) {
        let context = try BigNumberContext()
        let product = try BigNumber.zero()
        guard p.bitCount > 1, q.bitCount > 1, BN_is_odd(p.pointer) == 1, BN_is_odd(q.pointer) == 1,
            BN_cmp(p.pointer, q.pointer) != 0,
            BN_mul(product.pointer, p.pointer, q.pointer, context.pointer) == 1,
            BN_cmp(product.pointer, n.pointer) == 0
        else { throw inconsistent("the modulus is not the product of the primes") }
    }

    /// e · d ≡ 1 modulo p − 1, and the reduced exponent is d modulo p − 1.
    private static func checkExponents(
        e: borrowing BigNumber, d: borrowing BigNumber, reduced: borrowing BigNumber, prime: borrowing BigNumber
    ) throws(OpenSSLError) {
        let context = try BigNumberContext()
        let order = try BigNumber.zero()
        let value = try BigNumber.zero()
        guard BN_copy(order.pointer, prime.pointer) != nil, BN_sub_word(order.pointer, 1) == 1,
            BN_mod_mul(value.pointer, e.pointer, d.pointer, order.pointer, context.pointer) == 1,
            BN_is_one(value.pointer) == 1
        else { throw inconsistent("the private exponent does not undo the public one") }
        guard BN_nnmod(value.pointer, d.pointer, order.pointer, context.pointer) == 1,
            BN_cmp(value.pointer, reduced.pointer) == 0
        else { throw inconsistent("an exponent is not the private exponent reduced") }
    }

    /// inverse · q ≡ 1 modulo p.
    private static func checkInverse(
        _ inverse: borrowing BigNumber, of q: borrowing BigNumber, modulo p: borrowing BigNumber
    ) throws(OpenSSLError) {
        let context = try BigNumberContext()
        let value = try BigNumber.zero()
        guard BN_cmp(inverse.pointer, p.pointer) < 0,
            BN_mod_mul(value.pointer, inverse.pointer, q.pointer, p.pointer, context.pointer) == 1,
            BN_is_one(value.pointer) == 1
        else { throw inconsistent("the coefficient is not the inverse of the second prime") }
    }
}
