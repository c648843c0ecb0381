public import DNSModel
import OpenSSLBridge

/// Owner names of records about a mail address: SMIMEA (RFC 8162 §3) and OPENPGPKEY (RFC 7929 §3).
public enum MailAddressOwner {
    /// Why an address gives no owner name.
    public enum Failure: Error, Sendable, Hashable {
        /// There is no `@` with something on both sides.
        case notAnAddress(String)
        /// The part after the last `@` is not a domain name.
        case badDomain(String)
    }

    /// The owner of an SMIMEA record: the local part's digest below `_smimecert`.
    public static func smimea(_ address: String) throws(Failure) -> DomainName { try owner(address, "_smimecert") }

    /// The owner of an OPENPGPKEY record: the local part's digest below `_openpgpkey`.
    public static func openPGPKey(_ address: String) throws(Failure) -> DomainName {
        try owner(address, "_openpgpkey")
    }

    /// "The local-part is hashed using SHA2-256, and truncated to 28 octets" (RFC 7929 §3).
    private static func owner(_ address: String, _ label: String) throws(Failure) -> DomainName {
        guard let at = address.lastIndex(of: "@"), at > address.startIndex,
            address.index(after: at) < address.endIndex
        else { throw .notAnAddress(address) }
        var local = address[..<at]
        // "If the local-part is quoted, the quotes are removed" before hashing.
        if local.count >= 2, local.first == "\"", local.last == "\"" { local = local.dropFirst().dropLast() }
        let domainText = IDNA.asciiForm(String(address[address.index(after: at)...]))
        guard let domain = try? DomainName(domainText), !domain.isRoot else { throw .badDomain(domainText) }
        let digest = DigestContext.digest(.sha256, of: Array(local.utf8)).prefix(28)
        guard let name = domain.prepending(label)?.prepending(Hex.encode(digest).lowercased()) else {
            throw .badDomain(domainText)
        }
        return name
    }
}

extension MailAddressOwner.Failure: CustomStringConvertible {
    /// What was found and expected.
    public var description: String {
        switch self {
        case .notAnAddress(let text): "'\(text)' is not a mail address, expected local-part@domain"
        case .badDomain(let text): "'\(text)' is not a domain name that the record can stand below"
        }
    }
}
