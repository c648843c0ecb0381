import Foundation
import Testing

/// A signer of another project and a way to deny.
enum ForeignSigner: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case bindNSEC, bindNSEC3, bindOptOut, ldnsNSEC, ldnsNSEC3, knotNSEC, knotNSEC3

    var testDescription: String { rawValue }

    static let origin = "interop.example."

    /// A zone with all that denial is difficult for.
    static let source = """
        $ORIGIN interop.example.
        $TTL 3600
        @ IN SOA ns1 hostmaster 2026010101 7200 3600 1209600 3600
        @ NS ns1
        @ NS ns2
        @ MX 10 mail
        @ TXT "apex"
        ns1 A 192.0.2.1
        ns2 A 192.0.2.2
        mail A 192.0.2.25
        www A 192.0.2.80
        www A 192.0.2.81
        www AAAA 2001:db8::80
        *.wild TXT "wild"
        a.b.c TXT "deep"
        alias CNAME www
        secure NS ns.secure
        secure DS 12345 13 2 0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20
        ns.secure A 192.0.2.53
        insecure NS ns.insecure
        ns.insecure A 192.0.2.54
        x.y NS ns1
        _xmpp-server._tcp SRV 0 5 5269 www

        """

    /// Signs the zone with keys of the signer's own making, and gives the text of the signed file.
    func sign(in folder: ScratchFolder) throws -> String {
        try folder.write(Self.source, to: "zone")
        func run(_ name: String, _ arguments: [String]) throws -> String {
            let outcome = try Program.run(name, arguments, in: folder.url)
            try #require(outcome.status == 0, "\(name): \(outcome.output)")
            return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        switch self {
        case .bindNSEC, .bindNSEC3, .bindOptOut:
            _ = try run("dnssec-keygen", ["-q", "-a", "13", Self.origin])
            _ = try run("dnssec-keygen", ["-q", "-a", "13", "-f", "KSK", Self.origin])
            let denial = self == .bindNSEC ? [] : ["-3", "-", "-H", "0"] + (self == .bindOptOut ? ["-A"] : [])
            _ = try run("dnssec-signzone", ["-S", "-q", "-o", Self.origin, "-f", "signed"] + denial + ["zone"])
            return try folder.text("signed")
        case .ldnsNSEC, .ldnsNSEC3:
            let ksk = try run("ldns-keygen", ["-a", "ECDSAP256SHA256", "-k", Self.origin])
            let zsk = try run("ldns-keygen", ["-a", "ECDSAP256SHA256", Self.origin])
            let denial = self == .ldnsNSEC ? [] : ["-n"]
            _ = try run("ldns-signzone", denial + ["-f", "signed", "-o", Self.origin, "zone", ksk, zsk])
            return try folder.text("signed")
        case .knotNSEC, .knotNSEC3:
            for name in ["keys", "out"] {
                try FileManager.default.createDirectory(
                    at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            let path = folder.url.path
            let nsec3 = self == .knotNSEC ? "off" : "on"
            try folder.write(
                """
                server:
                    rundir: "\(path)"
                database:
                    storage: "\(path)/keys"
                policy:
                  - id: interop
                    algorithm: ecdsap256sha256
                    nsec3: \(nsec3)
                    nsec3-iterations: 0
                    nsec3-salt-length: 0
                zone:
                  - domain: \(Self.origin)
                    storage: "\(path)"
                    file: "zone"
                    dnssec-signing: on
                    dnssec-policy: interop

                """, to: "knot.conf")
            _ = try run("kzonesign", ["-c", "knot.conf", "-o", "out", Self.origin])
            return try folder.text("out/zone")
        }
    }
}
