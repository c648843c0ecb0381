import DNSModel
import Foundation
import OpenSSLBridge
import Testing

/// A chain as a server sends it, and every TLSA record that it satisfies: worked out from RFC 6698 §2.1 once more.
struct PresentedChain: Sendable {
    let certificates: [Certificate]
    /// `3 1 1 8cb0fc…` and so on, for usages 2 and 3, of which nothing needs a public authority.
    let satisfies: Set<String>
    let label: String

    init(pem: String) throws {
        let bundle = try CredentialBundle(Array(pem.utf8))
        certificates = bundle.certificates
        let leaf = try #require(bundle.certificates.first)
        var satisfies: Set<String> = []
        for (usage, certificate) in [(3, leaf)] + certificates.dropFirst().filter(\.isCA).map({ (2, $0) }) {
            for (selector, content) in [(0, certificate.der), (1, certificate.publicKey.der)] {
                satisfies.insert("\(usage) \(selector) 0 \(Self.hex(content))")
                satisfies.insert("\(usage) \(selector) 1 \(Self.hex(DigestContext.digest(.sha256, of: content)))")
                satisfies.insert("\(usage) \(selector) 2 \(Self.hex(DigestContext.digest(.sha512, of: content)))")
            }
        }
        self.satisfies = satisfies
        label = String(Self.hex(DigestContext.digest(.sha256, of: certificates.flatMap(\.der))).prefix(8))
    }

    /// Whether each combination of usage, selector and matching type has a record that this chain satisfies, so that it
    /// does not matter which of them a client knows (RFC 7671 §8).
    func satisfiesEveryCombination(of records: Set<String>) -> Bool {
        Dictionary(grouping: records) { $0.prefix(5) }.values.allSatisfy { $0.contains(where: satisfies.contains) }
    }

    private static func hex(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// `3 1 1 8cb0fc…` taken apart.
struct TLSARecordText {
    let record: RData.TLSA

    init(_ text: String) throws {
        let fields = text.split(separator: " ")
        let numbers = try fields.prefix(3).map { try #require(UInt8($0)) }
        record = RData.TLSA(
            usage: CertificateUsage(rawValue: numbers[0]), selector: Selector(rawValue: numbers[1]),
            matchingType: MatchingType(rawValue: numbers[2]),
            associationData: try #require(Hex.decode(String(fields[3]))))
    }
}
