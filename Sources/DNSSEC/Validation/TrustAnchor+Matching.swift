import DNSModel
import OpenSSLBridge

extension TrustAnchor {
    /// DS or DNSKEY.
    var type: RRType {
        switch form {
        case .ds: .ds
        case .dnskey: .dnskey
        }
    }

    /// How sentences call it.
    var name: String { "\(owner) \(type) \(keyTag) (\(algorithm))" }

    /// Whether its algorithm, and its digest type if it has one, can be dealt with.
    var isSupported: Bool {
        guard SignatureAlgorithm(dnssec: algorithm) != nil else { return false }
        switch form {
        case .ds(let ds): return Self.digestAlgorithm(of: ds.digestType) != nil
        case .dnskey: return true
        }
    }

    /// Whether it rests on SHA-1.
    var hasWeakDigest: Bool {
        switch form {
        case .ds(let ds): ds.digestType == .sha1
        case .dnskey: false
        }
    }

    /// Whether it speaks of a key (RFC 4034 §5.1.4).
    func names(_ key: RData.DNSKEY) -> Bool {
        guard key.algorithm == algorithm, key.isZoneKey, key.protocolField == 3 else { return false }
        switch form {
        case .dnskey(let own): return own == key
        case .ds(let ds):
            return key.keyTag == ds.keyTag && Self.digest(of: key, owner: owner, ds.digestType) == ds.digest
        }
    }

    /// The digest of a key that a DS record carries: over the owner in canonical form and the RDATA.
    static func digest(of key: RData.DNSKEY, owner: DomainName, _ type: DigestType) -> [UInt8]? {
        guard let algorithm = digestAlgorithm(of: type) else { return nil }
        return DigestContext.digest(algorithm, of: owner.lowercased.wireFormat + key.wireFormat)
    }

    private static func digestAlgorithm(of type: DigestType) -> DigestAlgorithm? {
        switch type {
        case .sha1: .sha1
        case .sha256: .sha256
        case .sha384: .sha384
        default: nil
        }
    }
}
