/// A distinguished name (RFC 5280 §4.1.2.4): subject or issuer of a certificate.
public struct DistinguishedName: Sendable, Hashable {
    /// One attribute, as `CN` and its text.
    public struct Attribute: Sendable, Hashable {
        /// The attribute's type.
        public let type: ObjectIdentifier
        /// Its value, decoded leniently.
        public let value: String
    }

    /// The attributes in the order in which they stand.
    public let attributes: [Attribute]
    /// The octets as they stand in the certificate; two names are equal when these are.
    public let der: [UInt8]

    /// A name with one common name, or an empty one.
    public init(commonName: String?, organization: String? = nil) {
        var attributes: [Attribute] = []
        if let organization { attributes.append(Attribute(type: .organizationName, value: organization)) }
        if let commonName { attributes.append(Attribute(type: .commonName, value: commonName)) }
        self.attributes = attributes
        der = DERWriter.sequence(
            attributes.map { attribute in
                DERWriter.value(
                    DERReader.Tag.set,
                    DERWriter.sequence(
                        DERWriter.objectIdentifier(attribute.type),
                        DERWriter.value(DERReader.Tag.utf8String, Array(attribute.value.utf8))))
            })
    }

    /// Reads the SEQUENCE OF RelativeDistinguishedName.
    init(der value: DERValue) throws(DERFault) {
        var attributes: [Attribute] = []
        var names = value.reader
        while !names.isAtEnd {
            var set = try names.read(DERReader.Tag.set, "a relative distinguished name").reader
            while !set.isAtEnd {
                var pair = try set.read(DERReader.Tag.sequence, "an attribute of a name").reader
                let type = try pair.read(DERReader.Tag.objectIdentifier, "the type of an attribute")
                let text = try pair.read()
                attributes.append(
                    Attribute(
                        type: ObjectIdentifier(octets: type.content),
                        value: EncodedText(octets: Array(text.content), encoding: .init(tag: text.tag)).text))
            }
        }
        self.attributes = attributes
        der = Array(value.encoded)
    }

    /// The common names, in order.
    public var commonNames: [String] { attributes.filter { $0.type == .commonName }.map(\.value) }

    /// Whether there is no attribute.
    public var isEmpty: Bool { attributes.isEmpty }

    /// Whether two names are the same, octet by octet.
    public static func == (left: Self, right: Self) -> Bool { left.der == right.der }

    /// Hashes the octets.
    public func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

extension DistinguishedName: CustomStringConvertible {
    /// `CN=example.org, O=Example`, most specific first; `(empty)` for none.
    public var description: String {
        if attributes.isEmpty { return "(empty)" }
        return attributes.reversed().map { "\(Self.shortName($0.type))=\($0.value)" }.joined(separator: ", ")
    }

    private static func shortName(_ type: ObjectIdentifier) -> String {
        switch type.description {
        case "2.5.4.3": "CN"
        case "2.5.4.6": "C"
        case "2.5.4.7": "L"
        case "2.5.4.8": "ST"
        case "2.5.4.10": "O"
        case "2.5.4.11": "OU"
        case "0.9.2342.19200300.100.1.25": "DC"
        case "1.2.840.113549.1.9.1": "emailAddress"
        case let dotted: dotted
        }
    }
}
