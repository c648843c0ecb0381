import DNSModel
import Testing

@Suite("Base 16, 32 and 64")
struct EncodingTests {
    @Test(
        "The vectors of RFC 4648 §10",
        arguments: [
            ("", "", "", ""), ("f", "66", "co", "Zg=="), ("fo", "666f", "cpng", "Zm8="),
            ("foo", "666f6f", "cpnmu", "Zm9v"),
            ("foob", "666f6f62", "cpnmuog", "Zm9vYg=="), ("fooba", "666f6f6261", "cpnmuoj1", "Zm9vYmE="),
            ("foobar", "666f6f626172", "cpnmuoj1e8", "Zm9vYmFy"),
        ])
    func vectors(plain: String, hex: String, base32: String, base64: String) {
        let octets = Array(plain.utf8)
        #expect(Hex.encode(octets) == hex && Hex.decode(hex) == octets && Hex.decode(hex.uppercased()) == octets)
        #expect(Base32Hex.encode(octets) == base32 && Base32Hex.decode(base32.uppercased()) == octets)
        #expect(Base64.encode(octets) == base64 && Base64.decode(base64) == octets)
    }

    @Test("Every octet at every place survives")
    func roundTrips() {
        for length in 0..<12 {
            for value in 0...UInt8.max {
                let octets = (0..<length).map { value &+ UInt8($0) &* 37 }
                #expect(Hex.decode(Hex.encode(octets)) == octets)
                #expect(Base32Hex.decode(Base32Hex.encode(octets)) == octets)
                #expect(Base64.decode(Base64.encode(octets)) == octets)
            }
        }
    }

    @Test("Base 32 sorts as the octets do")
    func order() {
        #expect(Base32Hex.encode([0x00, 0xFF]) < Base32Hex.encode([0x01, 0x00]))
        #expect(Base32Hex.encode([0x7F]) < Base32Hex.encode([0x80]))
    }

    @Test(
        "Base 64 with padding that is missing, misplaced or doubled, leftover bits or garbage is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "=", "====", "Z===", "Zh==", "Zm9=", "Zg==Zg==", "Zm 9v",
            "Zm9v\n", "Zm-_", "Zé==",
        ])
    func badBase64(_ text: String) { #expect(Base64.decode(text) == nil) }

    @Test(
        "Base 16 of odd length or with other characters is refused",
        arguments: ["0", "0g", "0x00", " 00", "00 00", "é0"])
    func badHex(_ text: String) { #expect(Hex.decode(text) == nil) }

    @Test(
        "Base 32 with padding, leftover bits, an unused digit or other letters is refused",
        arguments: ["c", "cp", "cpnm1", "cpnmuoj", "co======", "cw", "c!"])
    func badBase32(_ text: String) { #expect(Base32Hex.decode(text) == nil) }
}
