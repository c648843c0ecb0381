public import DNSModel
public import Diagnostics
import OpenSSLBridge

/// An RRset with the signatures that came with it.
public struct SignedRRset: Sendable, Hashable {
    /// The records.
    public var rrset: RRset
    /// The RRSIG records that cover them.
    public var signatures: [RData.RRSIG]

    /// Creates a signed RRset.
    public init(_ rrset: RRset, signatures: [RData.RRSIG]) {
        self.rrset = rrset
        self.signatures = signatures
    }
}

/// What a validator makes of one RRset, and why.
public struct RRsetVerdict: Sendable, Hashable {
    /// Secure, insecure (signed by unsupported algorithms only) or bogus.
    public let status: SecurityStatus
    /// The rule that was broken, or `nil` when the RRset is secure.
    public let rule: RuleID?
    /// Why, in words: lower case, no final period.
    public let reason: String
    /// The key that confirms the RRset, or that of the signature at fault.
    public let keyTag: UInt16?
    /// Whether the RRset was made from a wildcard: whoever received it must also be shown that nothing closer exists
    /// (RFC 4035 §5.3.4).
    public let isWildcardExpansion: Bool
    /// The last second at which the signature is valid, or `nil` when the RRset is not secure.
    public let expiration: Timestamp?
}

/// Validates single RRsets with the keys of their zone, as a resolver does (RFC 4035 §5.3).
public struct RRsetValidator: Sendable {
    /// The zone whose keys these are.
    public let zone: DomainName
    /// The keys, which the caller trusts.
    public let keys: [RData.DNSKEY]

    /// Creates a validator for the RRsets of `zone`.
    public init(zone: DomainName, keys: [RData.DNSKEY]) {
        self.zone = zone
        self.keys = keys
    }

    /// Judges an RRset: one good signature is enough (RFC 6840 §5.11).
    ///
    /// - Parameter now: The present, or `nil` to ignore when signatures begin and end.
    public func validate(_ set: SignedRRset, at now: Timestamp?) -> RRsetVerdict {
        if set.signatures.isEmpty { return refuse(set, .signatureMissing, "is not signed", nil) }
        var first: RRsetVerdict?
        for signature in set.signatures.prefix(Self.signatureLimit) {
            let verdict = judge(set.rrset, signature, now)
            if verdict.status == .secure { return verdict }
            // A fault says more than that an algorithm is not supported.
            if first == nil || first?.status == .insecure { first = verdict }
        }
        return first ?? refuse(set, .signatureMissing, "is not signed", nil)
    }

    /// How many signatures of one RRset are tried; more is an attack (CVE-2023-50387).
    private static let signatureLimit = 16

    private func refuse(_ set: SignedRRset, _ rule: ValidationRule, _ reason: String, _ tag: UInt16?) -> RRsetVerdict {
        verdict(set.rrset, .bogus, rule, reason, tag)
    }

    private func verdict(
        _ rrset: RRset, _ status: SecurityStatus, _ rule: ValidationRule, _ reason: String, _ tag: UInt16?
    ) -> RRsetVerdict {
        RRsetVerdict(
            status: status, rule: rule.id, reason: "\(rrset.owner) \(rrset.type) \(reason)", keyTag: tag,
            isWildcardExpansion: false, expiration: nil)
    }

    private func judge(_ rrset: RRset, _ signature: RData.RRSIG, _ now: Timestamp?) -> RRsetVerdict {
        let tag = signature.keyTag
        func refuse(_ rule: ValidationRule, _ reason: String) -> RRsetVerdict {
            verdict(rrset, .bogus, rule, reason, tag)
        }
        let ownerLabels = rrset.owner.labelCount - (rrset.owner.isWildcard ? 1 : 0)
        guard signature.typeCovered == rrset.type else {
            return refuse(.signatureOverNothing, "has a signature that covers \(signature.typeCovered)")
        }
        guard signature.signerName == zone, rrset.owner.isSubdomain(of: zone) else {
            return refuse(.signerName, "is signed by \(signature.signerName), not by \(zone)")
        }
        guard Int(signature.labels) <= ownerLabels, Int(signature.labels) >= zone.labelCount else {
            return refuse(.labels, "has a signature with \(signature.labels) labels, the owner has \(ownerLabels)")
        }
        if let now {
            if Int32(bitPattern: signature.expiration &- signature.inception) < 0 {
                return refuse(.signatureTimes, "has a signature that expires before it begins")
            }
            let expiration = Timestamp(serial: signature.expiration, near: now)
            let inception = Timestamp(serial: signature.inception, near: now)
            if expiration < now { return refuse(.signatureExpired, "has a signature that expired at \(expiration)") }
            if inception > now {
                return refuse(.signatureNotYetValid, "has a signature that is not valid before \(inception)")
            }
        }
        guard let algorithm = SignatureAlgorithm(dnssec: signature.algorithm) else {
            let hasSupported = keys.contains { SignatureAlgorithm(dnssec: $0.algorithm) != nil }
            return verdict(
                rrset, hasSupported ? .bogus : .insecure, .signatureUnsupported,
                "is signed by the unsupported algorithm \(signature.algorithm)", tag)
        }
        let named = keys.filter {
            $0.algorithm == signature.algorithm && $0.isZoneKey && $0.protocolField == 3 && $0.keyTag == tag
        }
        if named.isEmpty { return refuse(.keyUnknown, "is signed by key \(tag), which the zone does not have") }
        let usable = named.filter { !$0.isRevoked || rrset.type == .dnskey }
        if usable.isEmpty { return refuse(.revokedSigner, "is signed by key \(tag), which is revoked") }
        let message = Self.message(rrset, signature, ownerLabels: ownerLabels)
        for key in usable.prefix(ApexKeys.attemptsPerSignature) {
            guard let publicKey = try? PublicKey(algorithm, dnskeyOctets: key.publicKey),
                var verifier = try? Verifier(key: publicKey)
            else { continue }
            let isValid = signature.signature.withUnsafeBytes { signature in
                message.withUnsafeBytes { verifier.isValid(signature: signature, message: $0) }
            }
            guard isValid else { continue }
            return RRsetVerdict(
                status: .secure, rule: nil, reason: "\(rrset.owner) \(rrset.type) is signed by key \(tag) of \(zone)",
                keyTag: tag, isWildcardExpansion: Int(signature.labels) < ownerLabels,
                expiration: now.map { Timestamp(serial: signature.expiration, near: $0) })
        }
        return refuse(.signatureInvalid, "has a signature by key \(tag) that does not verify")
    }

    /// The octets that were signed (RFC 4034 §3.1.8.1), for a wildcard's expansion those of the wildcard
    /// (RFC 4035 §5.3.2).
    private static func message(_ rrset: RRset, _ signature: RData.RRSIG, ownerLabels: Int) -> [UInt8] {
        var head = signature
        head.signerName = signature.signerName.lowercased
        var octets = head.wireFormatWithoutSignature
        var owner = rrset.owner.lowercased
        if Int(signature.labels) < ownerLabels {
            var surplus = owner.labelCount - Int(signature.labels)
            while surplus > 0, let parent = owner.parent {
                owner = parent
                surplus -= 1
            }
            owner = owner.prepending("*") ?? owner
        }
        let canonical = Set(rrset.rdata.map { CanonicalRData.lowercasingNames($0, type: rrset.type) })
        for rdata in canonical.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            octets += owner.wireFormat
            for value in [rrset.type.rawValue, RRClass.in.rawValue] {
                octets += [UInt8(value >> 8), UInt8(value & 255)]
            }
            for shift in [24, 16, 8, 0] as [UInt32] {
                octets.append(UInt8(truncatingIfNeeded: signature.originalTTL.rawValue >> shift))
            }
            octets += [UInt8(truncatingIfNeeded: rdata.count >> 8), UInt8(truncatingIfNeeded: rdata.count)]
            octets += rdata
        }
        return octets
    }
}
