public import DNSModel
public import OpenSSLBridge

/// A key of a zone: its DNSKEY, what it is for, when it is used, and its private half where that is at hand.
public struct ZoneKey: Sendable {
    /// The zone's apex, the owner of the DNSKEY record.
    public let owner: DomainName
    /// The public half. The flags have REVOKE only when the key file has it; ``published(at:)`` sets it by time.
    public let dnskey: RData.DNSKEY
    /// The TTL that the key file gives to the DNSKEY record, or `nil`.
    public let ttl: TTL?
    /// When it is used.
    public let timing: KeyTiming
    /// What it is for.
    public let role: KeyRole
    /// The private half, or `nil` when it is elsewhere.
    public let privateKey: PrivateKey?

    /// Joins the parts of a key.
    public init(
        owner: DomainName, dnskey: RData.DNSKEY, ttl: TTL?, timing: KeyTiming, role: KeyRole, privateKey: PrivateKey?
    ) {
        self.owner = owner
        self.dnskey = dnskey
        self.ttl = ttl
        self.timing = timing
        self.role = role
        self.privateKey = privateKey
    }

    /// The key tag of ``dnskey`` (RFC 4034 Appendix B).
    public var keyTag: UInt16 { dnskey.keyTag }

    /// The algorithm of ``dnskey``.
    public var algorithm: SecurityAlgorithm { dnskey.algorithm }

    /// What the key is doing at `now`.
    public func state(at now: Timestamp) -> KeyState {
        let state = timing.state(at: now)
        return dnskey.isRevoked && state.isPublished ? .revoked : state
    }

    /// The key with the REVOKE flag, and with another key tag thereby (RFC 5011 §7).
    public func revoked() -> ZoneKey {
        var dnskey = dnskey
        dnskey.flags |= RData.DNSKEY.revokeFlag
        return ZoneKey(
            owner: owner, dnskey: dnskey, ttl: ttl, timing: timing, role: role, privateKey: privateKey)
    }

    /// The key as the zone has it at `now`: revoked when its time has come, `nil` when it is not in the zone.
    public func published(at now: Timestamp) -> ZoneKey? {
        let state = state(at: now)
        guard state.isPublished else { return nil }
        return state == .revoked ? revoked() : self
    }

    /// The key with other times.
    public func with(timing: KeyTiming) -> ZoneKey {
        ZoneKey(owner: owner, dnskey: dnskey, ttl: ttl, timing: timing, role: role, privateKey: privateKey)
    }

    /// The key with another role, whose flags must be the same: a KSK that signs the whole zone, say.
    public func with(role: KeyRole) -> ZoneKey {
        ZoneKey(owner: owner, dnskey: dnskey, ttl: ttl, timing: timing, role: role, privateKey: privateKey)
    }
}

extension ZoneKey: CustomStringConvertible {
    /// `example.com. KSK 12345 (ECDSAP256SHA256)`, without anything secret.
    public var description: String { "\(owner) \(role.rawValue.uppercased()) \(keyTag) (\(algorithm))" }
}

// MARK: - OpenSSL's view

extension SecurityAlgorithm {
    /// The signature scheme, or `nil` for algorithms that are not supported here.
    public var signatureAlgorithm: SignatureAlgorithm? {
        self == .rsasha1NSEC3 ? .rsaSHA1 : SignatureAlgorithm(rawValue: rawValue)
    }
}

extension RData.DNSKEY {
    /// The key, ready to verify with.
    ///
    /// - Throws: `unsupported` for algorithms that are not supported, `malformedKey` and `keySize` for octets that are
    ///   no key of theirs.
    public func makePublicKey() throws(OpenSSLError) -> PublicKey {
        guard let scheme = algorithm.signatureAlgorithm else {
            throw OpenSSLError(.unsupported, "algorithm \(algorithm) is not supported")
        }
        return try PublicKey(scheme, dnskeyOctets: publicKey)
    }
}
