/// Text in a certificate, with the ASN.1 string type it was written in.
public struct EncodedText: Sendable, Hashable {
    /// The string types that occur in names.
    public enum Encoding: Sendable, Hashable {
        /// ASCII: dNSName, rfc822Name, URI, and SRVName (RFC 4985 §2).
        case ia5String
        /// UTF-8: xmppAddr (RFC 6120 §13.7.1.4).
        case utf8String
        /// Another type, by its DER identifier octet.
        case other(UInt8)

        /// The encoding that a DER identifier octet names.
        init(tag: UInt8) {
            switch tag {
            case DERReader.Tag.ia5String: self = .ia5String
            case DERReader.Tag.utf8String: self = .utf8String
            default: self = .other(tag)
            }
        }

        /// `IA5String`, `UTF8String`, or the name of what it is instead.
        public var name: String {
            switch self {
            case .ia5String: "IA5String"
            case .utf8String: "UTF8String"
            case .other(DERReader.Tag.printableString): "PrintableString"
            case .other(0x14): "TeletexString"
            case .other(DERReader.Tag.bmpString): "BMPString"
            case .other(let tag): "ASN.1 type \(tag)"
            }
        }

        /// The DER identifier octet.
        var tag: UInt8 {
            switch self {
            case .ia5String: DERReader.Tag.ia5String
            case .utf8String: DERReader.Tag.utf8String
            case .other(let tag): tag
            }
        }
    }

    /// The octets as written.
    public let octets: [UInt8]
    /// The type they were written in.
    public let encoding: Encoding

    /// Wraps octets.
    public init(octets: [UInt8], encoding: Encoding) {
        self.octets = octets
        self.encoding = encoding
    }

    /// Wraps a text.
    public init(_ text: String, _ encoding: Encoding) { self.init(octets: Array(text.utf8), encoding: encoding) }

    /// The octets read as UTF-8, or as UTF-16 for a BMPString; damaged ones are replaced.
    public var text: String {
        if encoding == .other(DERReader.Tag.bmpString) {
            let units = stride(from: 0, to: octets.count - 1, by: 2).map {
                UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Whether all octets are ASCII.
    public var isASCII: Bool { octets.allSatisfy { $0 < 0x80 } }

    /// Whether the octets are what their type allows: ASCII for IA5String, well-formed for UTF8String, no NUL in either.
    public var isWellFormed: Bool {
        if octets.contains(0), encoding != .other(DERReader.Tag.bmpString) { return false }
        return switch encoding {
        case .ia5String: isASCII
        case .utf8String: String(validating: octets, as: UTF8.self) != nil
        case .other: true
        }
    }
}

/// One entry of the subjectAltName extension (RFC 5280 §4.2.1.6).
public enum SubjectAlternativeName: Sendable, Hashable {
    /// A domain name, possibly with a wildcard: the DNS-ID of RFC 6125.
    case dns(EncodedText)
    /// An SRVName (RFC 4985): the SRV-ID of RFC 6125, as `_xmpp-client.example.org`.
    case srv(EncodedText)
    /// An xmppAddr (RFC 6120 §13.7.1.4), as `example.org` or `juliet@example.org`.
    case xmppAddress(EncodedText)
    /// A mail address.
    case rfc822(EncodedText)
    /// A URI.
    case uri(EncodedText)
    /// Four or sixteen octets of an IP address.
    case ipAddress([UInt8])
    /// An otherName of another kind: its type and the DER of its value.
    case other(type: ObjectIdentifier, value: [UInt8])
    /// A directory name.
    case directoryName(DistinguishedName)
    /// Something else, by its context tag.
    case unsupported(tag: UInt8)
}

extension SubjectAlternativeName {
    /// A DNS-ID.
    public static func dnsID(_ name: String) -> Self { .dns(EncodedText(name, .ia5String)) }
    /// An SRV-ID, as `_xmpp-client.example.org`.
    public static func srvID(_ name: String) -> Self { .srv(EncodedText(name, .ia5String)) }
    /// An XMPP address.
    public static func xmppAddressID(_ address: String) -> Self { .xmppAddress(EncodedText(address, .utf8String)) }

    /// Reads one GeneralName.
    init(der value: DERValue) throws(DERFault) {
        func text() -> EncodedText { EncodedText(octets: Array(value.content), encoding: .ia5String) }
        switch value.tag {
        case DERReader.Tag.context(0): self = try Self.otherName(value)
        case DERReader.Tag.implicit(1): self = .rfc822(text())
        case DERReader.Tag.implicit(2): self = .dns(text())
        case DERReader.Tag.context(4):
            var inner = value.reader
            self = .directoryName(
                try DistinguishedName(der: try inner.read(DERReader.Tag.sequence, "a directory name")))
        case DERReader.Tag.implicit(6): self = .uri(text())
        case DERReader.Tag.implicit(7): self = .ipAddress(Array(value.content))
        default: self = .unsupported(tag: value.tag)
        }
    }

    private static func otherName(_ value: DERValue) throws(DERFault) -> Self {
        var inner = value.reader
        let type = ObjectIdentifier(
            octets: try inner.read(DERReader.Tag.objectIdentifier, "the type of an otherName").content)
        let explicit = try inner.read(DERReader.Tag.context(0), "the value of an otherName")
        if type == .dnsSRV || type == .xmppAddress {
            var content = explicit.reader
            let string = try content.read()
            let text = EncodedText(octets: Array(string.content), encoding: .init(tag: string.tag))
            return type == .dnsSRV ? .srv(text) : .xmppAddress(text)
        }
        return .other(type: type, value: Array(explicit.content))
    }

    /// The GeneralName in DER; `nil` for the kinds that are only read.
    var der: [UInt8]? {
        func otherName(_ type: ObjectIdentifier, _ value: [UInt8]) -> [UInt8] {
            DERWriter.value(
                DERReader.Tag.context(0),
                DERWriter.objectIdentifier(type) + DERWriter.value(DERReader.Tag.context(0), value))
        }
        return switch self {
        case .dns(let text): DERWriter.value(DERReader.Tag.implicit(2), text.octets)
        case .srv(let text): otherName(.dnsSRV, DERWriter.value(text.encoding.tag, text.octets))
        case .xmppAddress(let text): otherName(.xmppAddress, DERWriter.value(text.encoding.tag, text.octets))
        case .rfc822(let text): DERWriter.value(DERReader.Tag.implicit(1), text.octets)
        case .uri(let text): DERWriter.value(DERReader.Tag.implicit(6), text.octets)
        case .ipAddress(let octets): DERWriter.value(DERReader.Tag.implicit(7), octets)
        case .other(let type, let value): otherName(type, value)
        case .directoryName(let name): DERWriter.value(DERReader.Tag.context(4), name.der)
        case .unsupported: nil
        }
    }
}

extension SubjectAlternativeName: CustomStringConvertible {
    /// As OpenSSL's configuration files write it: `DNS:example.org`, `SRV:_xmpp-client.example.org`.
    public var description: String {
        switch self {
        case .dns(let text): "DNS:\(text.text)"
        case .srv(let text): "SRV:\(text.text)"
        case .xmppAddress(let text): "xmppAddr:\(text.text)"
        case .rfc822(let text): "email:\(text.text)"
        case .uri(let text): "URI:\(text.text)"
        case .ipAddress(let octets): "IP:\(Self.addressText(octets))"
        case .other(let type, _): "otherName:\(type)"
        case .directoryName(let name): "dirName:\(name)"
        case .unsupported(let tag): "generalName:\(tag & 0x1F)"
        }
    }

    private static func addressText(_ octets: [UInt8]) -> String {
        if octets.count == 4 { return octets.map { String($0) }.joined(separator: ".") }
        guard octets.count == 16 else { return "(\(octets.count) octets)" }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]), radix: 16) }.joined(separator: ":")
    }
}
