import COpenSSL

/// The inverses of many secret numbers modulo a prime, for the price of one inverse and a few products each.
///
/// All products of the first 1, 2, … n numbers are made, the last one is inverted, and the way back gives the inverse of one
/// number after the other (Montgomery's trick). Products and the inverse are OpenSSL's, with the functions it has for secret
/// numbers: `BN_mod_mul_montgomery`, and `BN_mod_exp_mont_consttime` for the power p − 2, which is the inverse.
///
/// One thread's. Numbers that are left behind are wiped at the end.
package final class SharedInverses {
    private let prime: OpaquePointer
    private let context: OpaquePointer
    private let montgomery: OpaquePointer
    private let numbers: BigNumbers
    /// The products of the first numbers.
    private let products: BigNumbers
    /// p − 2; the inverse of the product of all numbers still to come; the inverse of one number; what should be 1.
    private let exponent, rest, inverse, one: OpaquePointer
    private let others: BigNumbers
    private var count = 0

    /// - Parameters:
    ///   - prime: The modulus, which the caller keeps.
    ///   - context: Scratch memory (`BN_CTX *`), which the caller keeps.
    ///   - capacity: How many numbers there are at most.
    package init?(modulo prime: OpaquePointer, capacity: Int, _ context: OpaquePointer) {
        guard let numbers = BigNumbers(capacity), let products = BigNumbers(capacity), let others = BigNumbers(4),
            let montgomery = BN_MONT_CTX_new()
        else { return nil }
        self.prime = prime
        self.context = context
        self.montgomery = montgomery
        self.numbers = numbers
        self.products = products
        self.others = others
        (exponent, rest, inverse, one) = (others[0], others[1], others[2], others[3])
        guard BN_MONT_CTX_set(montgomery, prime, context) == 1, BN_copy(exponent, prime) != nil,
            BN_sub_word(exponent, 2) == 1
        else { return nil }
    }

    deinit { BN_MONT_CTX_free(montgomery) }

    /// Where a number goes before ``begin(_:)``: from 1 to p − 1.
    package subscript(index: Int) -> OpaquePointer { numbers[index] }

    /// Begins with the first `count` numbers, which are lost by that.
    ///
    /// - Returns: Whether OpenSSL could do it.
    package func begin(_ count: Int) -> Bool {
        self.count = 0
        for index in 0..<count {
            let number = numbers[index]
            guard BN_to_montgomery(number, number, montgomery, context) == 1 else { return false }
            if index == 0 {
                guard BN_copy(products[0], number) != nil else { return false }
            } else {
                guard BN_mod_mul_montgomery(products[index], products[index - 1], number, montgomery, context) == 1
                else { return false }
            }
        }
        guard count > 0, BN_from_montgomery(rest, products[count - 1], montgomery, context) == 1,
            BN_mod_exp_mont_consttime(rest, rest, exponent, prime, context, montgomery) == 1,
            BN_to_montgomery(rest, rest, montgomery, context) == 1
        else { return false }
        self.count = count
        return true
    }

    /// The inverse of the last number whose inverse was not yet given, valid until the next call.
    ///
    /// - Returns: `nil` where the number has no inverse, or the product of both is not 1.
    package func next() -> OpaquePointer? {
        guard count > 0 else { return nil }
        count -= 1
        let number = numbers[count]
        if count == 0 {
            guard BN_from_montgomery(inverse, rest, montgomery, context) == 1 else { return nil }
        } else {
            guard BN_mod_mul_montgomery(inverse, rest, products[count - 1], montgomery, context) == 1,
                BN_from_montgomery(inverse, inverse, montgomery, context) == 1,
                BN_mod_mul_montgomery(rest, rest, number, montgomery, context) == 1
            else { return nil }
        }
        // One factor in Montgomery form, one in plain form: the product is in plain form.
        guard BN_mod_mul_montgomery(one, number, inverse, montgomery, context) == 1, BN_is_one(one) == 1 else {
            count = 0
            return nil
        }
        return inverse
    }
}
