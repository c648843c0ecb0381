import DANE
import DNSModel
import OpenSSLBridge
import Testing

@Suite("SMIMEA, OPENPGPKEY, SSHFP")
struct RecordTests {
    @Test("RFC 7929 §3: the owner of hugh@example.com")
    func openPGPOwner() throws {
        #expect(
            try MailAddressOwner.openPGPKey("hugh@example.com").description
                == "c93f1e400f26708f98cb19d936620da35eec8f72e57f9eec01c1afd6._openpgpkey.example.com.")
        #expect(
            try MailAddressOwner.smimea("hugh@example.com").description
                == "c93f1e400f26708f98cb19d936620da35eec8f72e57f9eec01c1afd6._smimecert.example.com.")
        #expect(try MailAddressOwner.smimea("\"hugh\"@example.com") == MailAddressOwner.smimea("hugh@example.com"))
        #expect(try MailAddressOwner.smimea("Hugh@example.com") != MailAddressOwner.smimea("hugh@example.com"))
    }

    @Test("what is no address is refused", arguments: ["", "hugh", "@example.com", "hugh@", "hugh@a..b"])
    func badAddresses(text: String) {
        #expect(throws: MailAddressOwner.Failure.self) { try MailAddressOwner.smimea(text) }
    }

    @Test("an OpenPGP key is taken as octets; secret keys and damaged armor are not")
    func openPGP() throws {
        let packet: [UInt8] = [0xC6, 3, 4, 5, 6]
        #expect(try OpenPGPKey(packet).octets == packet)
        let text = "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: x\n\n\(Base64.encode(packet))\n"
        #expect(try OpenPGPKey(Array((text + "-----END PGP PUBLIC KEY BLOCK-----\n").utf8)).octets == packet)
        #expect(throws: OpenPGPKey.Failure.badArmor("its checksum is wrong")) {
            try OpenPGPKey(Array((text + "=AAAA\n-----END PGP PUBLIC KEY BLOCK-----\n").utf8))
        }
        #expect(throws: OpenPGPKey.Failure.badArmor("it has no end")) { try OpenPGPKey(Array(text.utf8)) }
        #expect(throws: OpenPGPKey.Failure.secretKey) { try OpenPGPKey([0xC5, 0]) }
        #expect(throws: OpenPGPKey.Failure.secretKey) { try OpenPGPKey([0x94, 0]) }
        #expect(throws: OpenPGPKey.Failure.notAPublicKey(packetType: 2)) { try OpenPGPKey([0xC2, 0]) }
        #expect(throws: OpenPGPKey.Failure.empty) { try OpenPGPKey([]) }
    }

    @Test("SSHFP has the numbers of IANA, and looks at what the Base64 holds")
    func sshfp() throws {
        func blob(_ type: String) -> [UInt8] {
            [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8) + [0, 0, 0, 1, 7]
        }
        for (type, number): (String, UInt8) in [
            ("ssh-rsa", 1), ("ssh-dss", 2), ("ecdsa-sha2-nistp256", 3), ("ssh-ed25519", 4), ("ssh-ed448", 6),
        ] {
            let octets = blob(type)
            let rdata = try SSHFingerprint.rdata(
                publicKeyLine: "host \(type) \(Base64.encode(octets)) me", [.sha1, .sha256])
            #expect(rdata[0] == [number, 1] + DigestContext.digest(.sha1, of: octets))
            #expect(rdata[1] == [number, 2] + DigestContext.digest(.sha256, of: octets))
        }
        #expect(throws: SSHFingerprint.Failure.damaged("ssh-rsa")) {
            try SSHFingerprint.rdata(publicKeyLine: "ssh-rsa \(Base64.encode(blob("ssh-dss")))")
        }
        #expect(throws: SSHFingerprint.Failure.notAKeyLine) { try SSHFingerprint.rdata(publicKeyLine: "hello world") }
        let result = SSHFingerprint.records(
            publicKeys:
                "# comment\n\nssh-ed25519 \(Base64.encode(blob("ssh-ed25519")))\nsk-ssh-ed25519@openssh.com AAAA\n",
            owner: try DomainName("host.example.org."), ttl: nil)
        #expect(result.records.count == 1)
        #expect(result.records[0].description.hasPrefix("host.example.org. IN SSHFP 4 2 "))
        #expect(result.failures.map(\.line) == [4])
    }
}
