import DNSModel
public import Diagnostics
public import OpenSSLBridge

/// A POSH document (RFC 7711 §3): how a domain whose zone can't be signed says what its host presents.
public struct POSHDocument: Sendable, Hashable {
    /// The digests of one certificate.
    public struct Fingerprint: Sendable, Hashable {
        /// SHA-256 over the certificate's DER.
        public var sha256: [UInt8]?
        /// SHA-512 over the certificate's DER.
        public var sha512: [UInt8]?

        /// Creates a fingerprint from digests.
        public init(sha256: [UInt8]?, sha512: [UInt8]?) {
            self.sha256 = sha256
            self.sha512 = sha512
        }

        /// Both digests of a certificate.
        public init(_ certificate: Certificate) {
            sha256 = DigestContext.digest(.sha256, of: certificate.der)
            sha512 = DigestContext.digest(.sha512, of: certificate.der)
        }

        /// Whether all digests that are there are the certificate's.
        public func matches(_ certificate: Certificate) -> Bool {
            let own = Fingerprint(certificate)
            if let sha256, sha256 != own.sha256 { return false }
            if let sha512, sha512 != own.sha512 { return false }
            return sha256 != nil || sha512 != nil
        }
    }

    /// What the document holds.
    public enum Content: Sendable, Hashable {
        /// The certificates, the most relevant first.
        case fingerprints([Fingerprint])
        /// Where the document with the fingerprints is: HTTPS, and no further reference there (RFC 7711 §3.2).
        case reference(url: String)
    }

    /// What the document holds.
    public var content: Content
    /// For how many seconds it may be believed; 0 makes it invalid.
    public var expires: UInt32

    /// Creates a document.
    public init(_ content: Content, expires: UInt32) {
        self.content = content
        self.expires = expires
    }

    /// The fingerprints of leaf certificates: the one presented first, then those to come.
    public init(certificates: [Certificate], expires: UInt32) {
        self.init(.fingerprints(certificates.map { Fingerprint($0) }), expires: expires)
    }

    /// The path of a service's document on the source domain's web server (RFC 7711 §3): `service` as `xmpp-client`.
    public static func wellKnownPath(service: String) -> String { "/.well-known/posh/\(service).json" }

    /// Whether some fingerprint is the certificate's, or `nil` for a reference.
    public func matches(_ certificate: Certificate) -> Bool? {
        guard case .fingerprints(let fingerprints) = content else { return nil }
        return expires > 0 && fingerprints.contains { $0.matches(certificate) }
    }

    /// The document as JSON with a final line end.
    public var json: String {
        switch content {
        case .reference(let url):
            let escaped = url.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }
            return "{\n  \"url\": \"\(String(escaped))\",\n  \"expires\": \(expires)\n}\n"
        case .fingerprints(let fingerprints):
            let entries = fingerprints.map { fingerprint in
                let members = [("sha-256", fingerprint.sha256), ("sha-512", fingerprint.sha512)]
                    .compactMap { name, digest in digest.map { "      \"\(name)\": \"\(Base64.encode($0))\"" } }
                return "    {\n\(members.joined(separator: ",\n"))\n    }"
            }
            let list = entries.isEmpty ? "[]" : "[\n\(entries.joined(separator: ",\n"))\n  ]"
            return "{\n  \"fingerprints\": \(list),\n  \"expires\": \(expires)\n}\n"
        }
    }
}

// MARK: - Reading

extension POSHDocument {
    /// Reads a document, with everything that is wrong about it.
    public static func parse(_ octets: [UInt8], file: String) -> Diagnosed<POSHDocument> {
        let whole = SourceLocation(file: file)
        let json: JSONValue
        do throws(JSONValue.Fault) {
            json = try JSONValue(octets)
        } catch {
            let before = octets.prefix(error.offset)
            let line = before.count { $0 == 0x0A } + 1
            let column = error.offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
            return Diagnosed(
                nil,
                [
                    .error(
                        "posh/not-json", at: SourceLocation(file: file, line: line, column: column),
                        "it is not JSON: \(error.reason)", .rfc(7711, "3"))
                ])
        }
        var diagnostics: [Diagnostic] = []
        let content = self.content(json, whole, &diagnostics)
        let expires = self.expires(json, whole, &diagnostics)
        guard let content, let expires else { return Diagnosed(nil, diagnostics) }
        return Diagnosed(POSHDocument(content, expires: expires), diagnostics)
    }

    private static func expires(
        _ json: JSONValue, _ location: SourceLocation, _ diagnostics: inout [Diagnostic]
    ) -> UInt32? {
        guard case .number(let text)? = json["expires"], let seconds = UInt32(text) else {
            diagnostics.append(
                .error(
                    "posh/expires", at: location, "'expires' is not a whole number of seconds", .rfc(7711, "3.1"),
                    hint: "a week is 604800"))
            return nil
        }
        if seconds == 0 {
            diagnostics.append(
                .warning(
                    "posh/expires", at: location, "'expires' is 0: clients take the document for invalid",
                    .rfc(7711, "3.1")))
        }
        return seconds
    }

    private static func content(
        _ json: JSONValue, _ location: SourceLocation, _ diagnostics: inout [Diagnostic]
    ) -> Content? {
        switch (json["fingerprints"], json["url"]) {
        case (.array(let entries)?, nil):
            let fingerprints = entries.compactMap { fingerprint($0, location, &diagnostics) }
            if fingerprints.isEmpty {
                diagnostics.append(
                    .error("posh/no-fingerprint", at: location, "there is no usable fingerprint", .rfc(7711, "3.1")))
                return nil
            }
            return .fingerprints(fingerprints)
        case (nil, .string(let url)?):
            guard url.lowercased().hasPrefix("https://"), url.utf8.count > 8 else {
                diagnostics.append(
                    .error(
                        "posh/url", at: location, "'url' is '\(url)', expected one that begins with https://",
                        .rfc(7711, "3.2")))
                return nil
            }
            return .reference(url: url)
        case (_?, _?):
            diagnostics.append(
                .error(
                    "posh/no-fingerprint", at: location, "there are both 'fingerprints' and 'url'", .rfc(7711, "3"),
                    hint: "a document holds one or the other"))
            return nil
        default:
            diagnostics.append(
                .error(
                    "posh/no-fingerprint", at: location, "there is neither a list 'fingerprints' nor a string 'url'",
                    .rfc(7711, "3")))
            return nil
        }
    }

    private static func fingerprint(
        _ json: JSONValue, _ location: SourceLocation, _ diagnostics: inout [Diagnostic]
    ) -> Fingerprint? {
        func digest(_ name: String, _ count: Int) -> [UInt8]? {
            guard let value = json[name] else { return nil }
            guard case .string(let text) = value, let octets = Base64.decode(text), octets.count == count else {
                diagnostics.append(
                    .error(
                        "posh/bad-digest", at: location, "'\(name)' is not \(count) octets in Base64",
                        .rfc(7711, "3.1")))
                return nil
            }
            return octets
        }
        let result = Fingerprint(sha256: digest("sha-256", 32), sha512: digest("sha-512", 64))
        return result.sha256 == nil && result.sha512 == nil ? nil : result
    }
}
