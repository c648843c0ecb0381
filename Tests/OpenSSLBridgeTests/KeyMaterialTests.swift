import OpenSSLBridge
import Testing

@Suite("Key material")
struct KeyMaterialTests {
    @Test("a key goes out as numbers and comes back as itself", arguments: SignatureTests.signing)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm, bits: 1024)
        let again = try PrivateKey(algorithm, material: key.material())
        #expect(again.publicKeyOctets == key.publicKeyOctets)
        var signer = try Signer(key: again)
        let verifier = try Judge(key)
        let signature = try signer.signature(over: [1, 2, 3])
        #expect(verifier.isValid(signature: signature, message: [1, 2, 3]))
    }

    @Test("each of RSA's eight numbers, changed, is noticed")
    func inconsistentRSA() throws {
        let key = try PrivateKey.generate(.rsaSHA256, bits: 1024)
        guard case .rsa(let good) = try key.material() else { throw MissingMaterial() }
        let fields: [WritableKeyPath<RSAMaterial, [UInt8]>] = [
            \.modulus, \.publicExponent, \.privateExponent, \.prime1, \.prime2, \.exponent1, \.exponent2, \.coefficient,
        ]
        for field in fields {
            for change: ([UInt8]) -> [UInt8] in [
                { $0.dropLast() + [$0[$0.count - 1] ^ 2] }, { $0.dropLast() + [] }, { _ in [] }, { _ in [0] },
                { _ in [1] },
                { $0 + [UInt8](repeating: 7, count: 600) },
            ] {
                var bad = good
                bad[keyPath: field] = change(bad[keyPath: field])
                #expect(throws: OpenSSLError.self) { _ = try PrivateKey(.rsaSHA256, material: .rsa(bad)) }
            }
        }
        var swapped = good
        (swapped.prime1, swapped.prime2) = (good.prime2, good.prime1)
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(.rsaSHA256, material: .rsa(swapped)) }
    }

    @Test(
        "scalars of zero, of the order and beyond are no keys",
        arguments: [
            [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32), [], [UInt8](repeating: 1, count: 33),
        ])
    func badScalars(scalar: [UInt8]) {
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(.ecdsaP256SHA256, material: .octets(scalar)) }
    }

    @Test("a scalar without its leading zeros is the same key")
    func shortScalar() throws {
        let long = try PrivateKey(.ecdsaP256SHA256, material: .octets([UInt8](repeating: 0, count: 31) + [5]))
        let short = try PrivateKey(.ecdsaP256SHA256, material: .octets([5]))
        #expect(long.publicKeyOctets == short.publicKeyOctets)
        guard case .octets(let scalar) = try short.material() else { throw MissingMaterial() }
        #expect(scalar.count == 32)
    }

    @Test("numbers of another algorithm are refused")
    func wrongKind() throws {
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(.rsaSHA256, material: .octets([1, 2, 3])) }
        #expect(throws: OpenSSLError.self) { _ = try PrivateKey(.ed25519, material: .octets([1, 2, 3])) }
        #expect(throws: OpenSSLError.self) {
            _ = try PrivateKey(.ed448, material: .octets([UInt8](repeating: 1, count: 56)))
        }
    }

    @Test("nothing prints or mirrors a secret")
    func redaction() throws {
        for algorithm in SignatureTests.signing {
            let key = try PrivateKey.generate(algorithm, bits: 1024)
            let material = try key.material()
            var text = "\(material) \(key) \(String(reflecting: material)) \(String(reflecting: key))"
            dump(material, to: &text)
            dump(key, to: &text)
            guard !text.contains(where: { $0 == "[" }) else {
                Issue.record("octets are shown for \(algorithm)")
                continue
            }
            #expect(text.contains("not shown"))
        }
    }
}

/// A key has no material of the kind a test expects.
private struct MissingMaterial: Error {}
