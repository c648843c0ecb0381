import DNSModel
import Diagnostics

/// What an EPP command with DNSSEC data is to do (RFC 5910 §5.2).
public struct EPPOptions: Sendable, Hashable {
    /// The command.
    public enum Command: Sendable, Hashable {
        /// The extension of a `<create>` command; the domain's own part is the registrar's business.
        case create
        /// An `<update>` command that adds to what the registry has.
        case add
        /// An `<update>` command that takes the place of all that the registry has.
        case replace
    }

    /// The command.
    public var command: Command
    /// The longest lifetime of signatures in seconds that the parent may use, where registries support it (§3.3).
    public var maximumSignatureLife: UInt32?
    /// Whether DS data carry the key too.
    public var includesKeyData: Bool

    /// Collects the options.
    public init(command: Command, maximumSignatureLife: UInt32?, includesKeyData: Bool) {
        self.command = command
        self.maximumSignatureLife = maximumSignatureLife
        self.includesKeyData = includesKeyData
    }

    /// An update that leaves the registry with just these keys.
    public static let replacing = EPPOptions(command: .replace, maximumSignatureLife: nil, includesKeyData: false)
}

extension DelegationSet {
    /// The XML of a command, or of the extension alone for `<create>`.
    func eppText(_ options: EPPOptions, isKeyData: Bool) throws(DiagnosedFailure) -> String {
        guard let owner = keys.first?.owner, keys.allSatisfy({ $0.owner == owner }) else {
            throw DiagnosedFailure(
                .error(
                    DelegationRules.severalZones, "an EPP command speaks of one domain, but keys of several were given",
                    .rfc(5910, "5.2")))
        }
        let data = keys.flatMap { key in
            isKeyData
                ? [XMLElement.keyData(key)]
                : key.dsRecords.map { XMLElement.dsData($0, of: options.includesKeyData ? key : nil) }
        }
        // The schema's type of maxSigLife is a positive int.
        let life =
            options.maximumSignatureLife.map { min(max($0, 1), 0x7FFF_FFFF) }
            .map { [XMLElement("secDNS:maxSigLife", "\($0)")] } ?? []
        let namespace = [("xmlns:secDNS", "urn:ietf:params:xml:ns:secDNS-1.1")]
        let header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
        if options.command == .create {
            return header + XMLElement("secDNS:create", namespace, life + data).text(indent: 0)
        }
        var parts: [XMLElement] = []
        if options.command == .replace {
            parts.append(XMLElement("secDNS:rem", [], [XMLElement("secDNS:all", "true")]))
        }
        parts.append(XMLElement("secDNS:add", [], data))
        if !life.isEmpty { parts.append(XMLElement("secDNS:chg", [], life)) }
        let name = XMLElement("domain:name", owner.withoutFinalDot)
        let update = XMLElement("domain:update", [("xmlns:domain", "urn:ietf:params:xml:ns:domain-1.0")], [name])
        let epp = XMLElement(
            "epp", [("xmlns", "urn:ietf:params:xml:ns:epp-1.0")],
            [
                XMLElement(
                    "command", [],
                    [
                        XMLElement("update", [], [update]),
                        XMLElement("extension", [], [XMLElement("secDNS:update", namespace, parts)]),
                    ])
            ])
        return header + epp.text(indent: 0)
    }
}

extension DomainName {
    /// The presentation format as registries want it.
    fileprivate var withoutFinalDot: String {
        isRoot ? "." : String(presentationFormat.dropLast())
    }
}

/// An element of an XML document: attributes, then either elements or text.
private struct XMLElement {
    var name: String
    var attributes: [(String, String)]
    var children: [XMLElement]
    var content: String

    init(_ name: String, _ attributes: [(String, String)], _ children: [XMLElement]) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.content = ""
    }

    init(_ name: String, _ content: String) {
        self.name = name
        self.attributes = []
        self.children = []
        self.content = content
    }

    static func dsData(_ record: RData.DS, of key: DelegatedKey?) -> XMLElement {
        XMLElement(
            "secDNS:dsData", [],
            [
                XMLElement("secDNS:keyTag", "\(record.keyTag)"),
                XMLElement("secDNS:alg", "\(record.algorithm.rawValue)"),
                XMLElement("secDNS:digestType", "\(record.digestType.rawValue)"),
                // The canonical form of XML Schema's hexBinary is in upper case.
                XMLElement("secDNS:digest", Hex.encode(record.digest).uppercased()),
            ] + (key.map { [keyData($0)] } ?? []))
    }

    static func keyData(_ key: DelegatedKey) -> XMLElement {
        XMLElement(
            "secDNS:keyData", [],
            [
                XMLElement("secDNS:flags", "\(key.dnskey.flags)"),
                XMLElement("secDNS:protocol", "\(key.dnskey.protocolField)"),
                XMLElement("secDNS:alg", "\(key.dnskey.algorithm.rawValue)"),
                XMLElement("secDNS:pubKey", Base64.encode(key.dnskey.publicKey)),
            ])
    }

    /// The element and what it holds, two columns deeper for each level.
    func text(indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        let opening = margin + "<" + name + attributes.map { " \($0)=\"\(Self.escaped($1))\"" }.joined() + ">"
        if children.isEmpty { return opening + Self.escaped(content) + "</\(name)>\n" }
        return opening + "\n" + children.map { $0.text(indent: indent + 2) }.joined() + margin + "</\(name)>\n"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }
}
