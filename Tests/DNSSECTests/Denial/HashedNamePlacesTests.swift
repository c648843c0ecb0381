import DNSModel
import DNSSEC
import Diagnostics
import Testing

/// Owners that look like the hashed owner names they stand beside.
@Suite("Places of hashed owner names")
struct HashedNamePlacesTests {
    /// Some hosts, and beside the hashes of 200 of them names that begin as these do, below which there are others.
    private static func zone(delegations: Int) throws -> Zone {
        var text = "@ 3600 SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ 3600 NS ns1\nns1 3600 A 192.0.2.1\n"
        for host in 0..<200 {
            text += "h\(host) 300 A 192.0.2.2\n"
            var hasher = NSEC3Hasher(iterations: 0, salt: [])
            let name = try DomainName("h\(host).example.").wireFormat
            let hash = name.withUnsafeBufferPointer { name in
                hasher.withHash(of: name) { Base32Hex.encode(UnsafeBufferPointer(start: $0, count: 20)) }
            }
            text += "\(hash.prefix(8)) 300 A 192.0.2.3\n\(hash.prefix(8))000 300 A 192.0.2.3\n"
            text += "\(hash.prefix(8).uppercased())zzz 300 A 192.0.2.3\nx.\(hash.prefix(31)) 300 A 192.0.2.3\n"
            if host % 3 == 0 { text += "\(hash) 300 A 192.0.2.3\n" }
            if host % 5 == 0 { text += "y.\(hash) 300 A 192.0.2.3\n" }
        }
        for number in 0..<delegations { text += "d\(number * 7919 % 10007) 300 NS ns.elsewhere.test.\n" }
        return try SigningFixtures.zone("example.", text)
    }

    @Test("put every name in canonical order, also among many that are not hashed", arguments: [0, 3000], [1, 3])
    func order(_ delegations: Int, _ workers: Int) throws {
        for optOut in [false, true] {
            let denial = DenialOfExistence.nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: optOut))
            let signed = try ZoneSigner.sign(
                try Self.zone(delegations: delegations), keys: [try SigningFixtures.key()],
                parameters: SigningFixtures.parameters(denial), workers: Workers(workers)
            ).zone
            let names = (0..<signed.ownerCount).map { signed.name(of: OwnerIndex($0)) }
            #expect(zip(names, names.dropFirst()).allSatisfy { $0 < $1 })
            let report = ZoneValidator.validate(signed, at: SigningFixtures.now, anchors: [])
            #expect(report.isValid, "\(report.diagnostics.prefix(3))")
        }
    }
}
