import Foundation
import OpenSSLBridge
import Testing

/// The `openssl` command as a judge: it has its own idea of keys and signatures.
@Suite("The openssl command verifies our signatures")
struct CommandLineTests {
    @Test("every algorithm", arguments: SignatureTests.signing)
    func verify(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm, bits: 2048)
        var signer = try Signer(key: key)
        let message = [UInt8]((0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) })
        let signature = try signer.signature(over: message)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("danectl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(message).write(to: folder.appendingPathComponent("message"))
        try Data(Self.der(signature, algorithm)).write(to: folder.appendingPathComponent("signature"))
        try Data(try Self.publicKeyInfo(key)).write(to: folder.appendingPathComponent("key"))
        #expect(try run(algorithm, in: folder))
        try Data(message + [0]).write(to: folder.appendingPathComponent("message"))
        #expect(try !run(algorithm, in: folder))
    }

    private func run(_ algorithm: SignatureAlgorithm, in folder: URL) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let digest: String? =
            switch algorithm {
            case .ed25519, .ed448: nil
            case .rsaSHA1: "-sha1"
            case .rsaSHA256, .ecdsaP256SHA256: "-sha256"
            case .ecdsaP384SHA384: "-sha384"
            case .rsaSHA512: "-sha512"
            }
        if let digest {
            process.arguments = [
                "dgst", digest, "-keyform", "DER", "-verify", "key", "-signature", "signature", "message",
            ]
        } else {
            process.arguments = [
                "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "message",
                "-sigfile",
                "signature",
            ]
        }
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    // MARK: - DER, written independently of the bridge

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            count < 128
            ? [UInt8(count)] : count < 256 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 255)]
        return [tag] + length + content
    }

    private static func integer(_ octets: some Collection<UInt8>) -> [UInt8] {
        let digits = Array(octets.drop { $0 == 0 })
        return element(2, (digits.first ?? 0) < 128 && !digits.isEmpty ? digits : [0] + digits)
    }

    private static func der(_ signature: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8] {
        switch algorithm {
        case .ecdsaP256SHA256, .ecdsaP384SHA384:
            let half = signature.count / 2
            return element(0x30, integer(signature[..<half]) + integer(signature[half...]))
        default:
            return signature
        }
    }

    /// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    private static func publicKeyInfo(_ key: PrivateKey) throws -> [UInt8] {
        let identifier: [UInt8]
        var bits = key.publicKeyOctets
        switch key.algorithm {
        case .ecdsaP256SHA256:
            identifier =
                element(6, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]) + element(6, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7])
            bits = [4] + bits
        case .ecdsaP384SHA384:
            identifier = element(6, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]) + element(6, [0x2B, 0x81, 4, 0, 0x22])
            bits = [4] + bits
        case .ed25519: identifier = element(6, [0x2B, 0x65, 0x70])
        case .ed448: identifier = element(6, [0x2B, 0x65, 0x71])
        case .rsaSHA1, .rsaSHA256, .rsaSHA512:
            identifier = element(6, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]) + [5, 0]
            let form = try RSAPublicKeyForm(bits)
            bits = element(0x30, integer(form.modulus) + integer(form.exponent))
        }
        return element(0x30, element(0x30, identifier) + element(3, [0] + bits))
    }
}
