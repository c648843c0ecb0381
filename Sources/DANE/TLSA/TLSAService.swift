public import DNSModel

/// Where a service's TLSA records are: port, transport and TLSA base domain (RFC 6698 §3).
public struct TLSAService: Sendable, Hashable {
    /// The transport's label without underscore: `tcp`, `udp` or `sctp`.
    public let transport: String
    /// The port.
    public let port: UInt16
    /// The name below which the labels stand: the SRV or MX target, or the host (RFC 7671 §7).
    public let baseDomain: DomainName
    /// `_port._transport.baseDomain`.
    public let owner: DomainName

    /// Creates a location; `nil` when the owner name would be too long.
    public init?(port: UInt16, transport: String = "tcp", baseDomain: DomainName) {
        guard let transportName = baseDomain.prepending("_" + transport),
            let owner = transportName.prepending("_\(port)")
        else { return nil }
        self.port = port
        self.transport = transport.lowercased()
        self.baseDomain = baseDomain
        self.owner = owner
    }

    /// Reads a TLSA owner name; `nil` when it does not begin with port and transport. There is no port 0.
    public init?(owner: DomainName) {
        let labels = owner.labels
        guard labels.count >= 2, let port = Self.text(labels[0]), let transport = Self.text(labels[1]),
            let number = UInt16(port), number > 0, String(number) == port,
            ["tcp", "udp", "sctp", "dccp"].contains(transport), let base = owner.parent?.parent
        else { return nil }
        self.init(port: number, transport: transport, baseDomain: base)
    }

    /// Reads `_443._tcp.host.example`, `host.example:443` or `[tcp:]host.example:443`; names are absolute, and may be
    /// internationalized.
    public init?(parsing text: some StringProtocol) {
        let text = text.utf8.allSatisfy { $0 < 0x80 } ? String(text) : IDNA.asciiForm(String(text))
        if text.hasPrefix("_") {
            guard let name = try? DomainName(text) else { return nil }
            self.init(owner: name)
            return
        }
        var rest = text
        var transport = "tcp"
        for candidate in ["tcp", "udp", "sctp"] where rest.hasPrefix(candidate + ":") {
            transport = candidate
            rest.removeFirst(candidate.count + 1)
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let port = UInt16(parts[1]), port > 0, let host = try? DomainName(parts[0]),
            !host.isRoot
        else { return nil }
        self.init(port: port, transport: transport, baseDomain: host)
    }

    /// A label's text without its underscore, in lower case.
    private static func text(_ label: ArraySlice<UInt8>) -> String? {
        guard label.first == UInt8(ascii: "_"), label.count > 1 else { return nil }
        return String(decoding: label.dropFirst(), as: UTF8.self).lowercased()
    }
}

extension TLSAService: CustomStringConvertible {
    /// The owner name.
    public var description: String { owner.description }
}
