import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import OpenSSLBridge
import Testing
import Workspace

/// A folder with a manifest, zones and certificates, in which time is whatever the test says.
final class Laboratory {
    let path: String
    let authorityKey: CertificateKey
    let authority: Certificate
    private var serial: UInt8 = 1

    /// 2026-01-01T00:00:00Z.
    static let start = Timestamp(1_767_225_600)
    static let day: Int64 = 86_400
    static let hour: Int64 = 3_600

    /// Makes the folder; `example` is a folder of `zones/` to copy from.
    init(example: String? = nil) throws {
        var template = Array((NSTemporaryDirectory() + "danectl-laboratory.XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
        authorityKey = try CertificateKey.generate(.ecP256)
        authority = try Certificate.selfSigned(
            .authority(
                commonName: "Laboratory Authority", pathLength: 0, notBefore: Self.start.rawValue - Self.day,
                notAfter: Self.start.rawValue + 4_000 * Self.day, serialNumber: [1]),
            key: authorityKey)
        guard let example else { return }
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("zones/\(example)").path
        for name in try FileManager.default.contentsOfDirectory(atPath: source)
        where name.hasSuffix(".zone") || name.hasSuffix(".yaml") {
            try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(path)/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    // MARK: Files

    func write(_ text: String, to name: String) throws {
        let target = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: target))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    // MARK: Certificates

    /// A server's certificate by the laboratory's authority.
    func issue(
        _ names: [String], for key: SubjectPublicKeyInfo, at time: Timestamp, days: Int64 = 90
    ) throws -> Certificate {
        serial &+= 1
        return try Certificate.issued(
            .server(
                commonName: nil, names: names.map { .dnsID($0) }, notBefore: time.rawValue - Self.hour,
                notAfter: time.rawValue + days * Self.day, serialNumber: [1, serial]),
            for: key, by: authority, key: authorityKey)
    }

    /// Writes chain and key into one file.
    @discardableResult
    func put(
        _ names: [String], into file: String, keyFile: String? = nil, key: CertificateKey? = nil, at time: Timestamp,
        days: Int64 = 90
    ) throws -> Certificate {
        let key = try key ?? CertificateKey.generate(.ecP256)
        let leaf = try issue(names, for: key.publicKey, at: time, days: days)
        let secret = try key.pem()
        if let keyFile {
            try write(secret, to: keyFile)
            try write(leaf.pem + authority.pem, to: file)
        } else {
            try write(leaf.pem + authority.pem + secret, to: file)
        }
        return leaf
    }

    /// The digest that `3 1 1` publishes for the leaf of a file, in hexadecimal.
    func keyDigest(inFile name: String) throws -> String {
        let bundle = try CredentialBundle(Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))))
        return Self.digest(of: try #require(bundle.certificates.first).publicKey)
    }

    static func digest(of key: SubjectPublicKeyInfo) -> String {
        DigestContext.digest(.sha256, of: key.der).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: Running

    var workspace: ManifestWorkspace {
        get throws { try #require(try ManifestWorkspace.open("\(path)/danectl.yaml").value) }
    }

    /// One run of apply.
    @discardableResult
    func apply(at time: Timestamp, plan: String? = nil, only certificate: String? = nil) throws -> Application.Report {
        try Application.run(
            try workspace, now: time, Application.Request(plan: plan, certificate: certificate, workers: .single))
    }

    /// What a signed zone says at a TLSA name: the digests, sorted.
    func published(_ owner: String, zone: String) throws -> [String] {
        guard exists("signed/\(zone).zone") else { return [] }
        return try read("signed/\(zone).zone").split(separator: "\n").compactMap { line in
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard fields.count >= 8, fields[0] == owner, fields[3] == "TLSA" else { return nil }
            return fields[7...].joined()
        }.sorted()
    }

    /// Whether our validator finds nothing wrong with a signed zone at a time.
    func isValid(_ zone: String, at time: Timestamp) throws -> Bool {
        try ZoneVerification(
            file: "\(path)/signed/\(zone).zone", origin: nil, anchorFile: nil, allowsIncludesOutsideFolder: false,
            workers: .single
        ).run(at: time).report.isValid
    }

    /// Whether ldns-verify-zone finds nothing wrong with a signed zone at a time.
    func ldnsAccepts(_ zone: String, at time: Timestamp) throws -> Bool {
        let program = try #require(
            ["/usr/bin", "/usr/local/bin"].map { "\($0)/ldns-verify-zone" }
                .first(where: FileManager.default.isExecutableFile(atPath:)), "install ldnsutils")
        let digits = time.description.filter(\.isNumber)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-t", digits, "\(path)/signed/\(zone).zone"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
