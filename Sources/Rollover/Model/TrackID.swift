public import DNSModel

/// What a track of versions is about: an RRset, a zone's signatures, a document, or a set of servers.
public enum TrackID: Sendable, Hashable {
    /// A published RRset.
    case rrset(DomainName, RRType)
    /// The signatures over a zone's RRsets.
    case signatures(DomainName)
    /// The servers that present one certificate, by the certificate's name in the manifest or by host.
    case presenter(String)

    /// A document that says which certificates a service has: POSH's, whose `expires` is its TTL (RFC 7711 §6).
    case document(String)

    /// A TLSA RRset.
    public static func tlsa(_ owner: DomainName) -> Self { .rrset(owner, .tlsa) }
    /// A zone's DNSKEY RRset.
    public static func dnskey(_ apex: DomainName) -> Self { .rrset(apex, .dnskey) }
    /// A zone's DS RRset, which its parent publishes.
    public static func ds(_ apex: DomainName) -> Self { .rrset(apex, .ds) }

    /// Whether it is published, and so sits in caches.
    public var isPublished: Bool {
        if case .presenter = self { false } else { true }
    }
}

extension TrackID: LosslessStringConvertible {
    private static let mnemonics: [(RRType, String)] = [
        (.a, "A"), (.aaaa, "AAAA"), (.cname, "CNAME"), (.mx, "MX"), (.srv, "SRV"), (.ds, "DS"),
        (.dnskey, "DNSKEY"), (.tlsa, "TLSA"), (.smimea, "SMIMEA"), (.sshfp, "SSHFP"), (.openpgpkey, "OPENPGPKEY"),
        (.rrsig, "RRSIG"),
    ]

    /// Reads ``description``.
    public init?(_ description: String) { self.init(octets: Array(description.utf8)[...]) }

    /// Reads the octets of ``description``.
    package init?(octets: ArraySlice<UInt8>) {
        func text(after prefix: String) -> String? {
            guard octets.starts(with: prefix.utf8) else { return nil }
            return String(decoding: octets.dropFirst(prefix.utf8.count), as: UTF8.self)
        }
        if let name = text(after: "certificate ") {
            self = .presenter(name)
            return
        }
        if let address = text(after: "document ") {
            self = .document(address)
            return
        }
        guard let space = octets.lastIndex(of: UInt8(ascii: " ")),
            let owner = try? DomainName(presentation: octets[..<space])
        else { return nil }
        let type = String(decoding: octets[(space + 1)...], as: UTF8.self)
        if type == "RRSIG" {
            self = .signatures(owner)
        } else if let known = Self.mnemonics.first(where: { $0.1 == type }) {
            self = .rrset(owner, known.0)
        } else if type.hasPrefix("TYPE"), let number = UInt16(type.dropFirst(4)) {
            self = .rrset(owner, RRType(number))
        } else {
            return nil
        }
    }

    /// `_5269._tcp.xmpp.example. TLSA`, `example. RRSIG`, `certificate xmpp`, `document https://…`.
    public var description: String { String(decoding: octets, as: UTF8.self) }

    /// The octets of ``description``.
    package var octets: [UInt8] {
        switch self {
        case .rrset(let owner, let type):
            owner.presentationOctets + [UInt8(ascii: " ")]
                + (Self.mnemonics.first { $0.0 == type }?.1 ?? "TYPE\(type.rawValue)").utf8
        case .signatures(let apex): apex.presentationOctets + Array(" RRSIG".utf8)
        case .presenter(let name): Array("certificate \(name)".utf8)
        case .document(let address): Array("document \(address)".utf8)
        }
    }
}

extension TrackID: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = TrackID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' names no RRset")
        }
        self = id
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
