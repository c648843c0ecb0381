public import DNSModel
public import Diagnostics
import OpenSSLBridge

/// What a new key is to be.
public struct KeyRequest: Sendable, Hashable {
    /// The zone.
    public var owner: DomainName
    /// What it is for.
    public var role: KeyRole
    /// One of 8, 10, 13, 14, 15, 16.
    public var algorithm: SecurityAlgorithm
    /// The size of an RSA modulus in bits, 2048 to 4096; other algorithms ignore it.
    public var bits: Int
    /// The TTL to be written into the key file, or `nil`.
    public var ttl: TTL?
    /// When it is to be used.
    public var timing: KeyTiming

    /// The size of RSA moduli when nothing else is said: what the root zone and RFC 8624's successors use.
    public static let defaultRSABits = 2048

    /// Collects what is wanted.
    public init(
        owner: DomainName, role: KeyRole, algorithm: SecurityAlgorithm, bits: Int, ttl: TTL?, timing: KeyTiming
    ) {
        self.owner = owner
        self.role = role
        self.algorithm = algorithm
        self.bits = bits
        self.ttl = ttl
        self.timing = timing
    }
}

extension ZoneKey {
    /// The key tags that this key takes: its own, and the one it has once it is revoked (RFC 5011 §7).
    public var occupiedKeyTags: Set<UInt16> { [keyTag, revoked().keyTag] }

    /// Makes a key whose tag is nobody's, revoked or not.
    ///
    /// - Parameters:
    ///   - request: What it is to be.
    ///   - taken: The key tags of the zone's other keys, revoked forms included; see ``occupiedKeyTags``.
    /// - Throws: `key/unsupported-algorithm`, `key/size`, `key/generation`.
    public static func generate(
        _ request: KeyRequest, avoiding taken: Set<UInt16>
    ) throws(DiagnosedFailure) -> ZoneKey {
        guard let scheme = request.algorithm.signatureAlgorithm, scheme.canSign else {
            throw DiagnosedFailure(KeyRules.cannotSign(request.algorithm))
        }
        if scheme.modulusBits != nil, !(2048...4096).contains(request.bits) {
            throw DiagnosedFailure(
                .error(
                    KeyRules.size, "an RSA key of \(request.bits) bits was asked for; 2048 to 4096 are made",
                    .rfc(5702, "2")))
        }
        // With two tags of 65 536 in each of the zone's keys, a second attempt is rare and a hundredth absurd.
        for _ in 0..<1000 {
            let privateKey: PrivateKey
            do throws(OpenSSLError) {
                privateKey = try PrivateKey.generate(scheme, bits: request.bits)
            } catch {
                throw DiagnosedFailure(.error(KeyRules.generation, "cannot generate a key: \(error)"))
            }
            let key = ZoneKey(
                owner: request.owner,
                dnskey: RData.DNSKEY(
                    flags: request.role.flags, protocolField: 3, algorithm: request.algorithm,
                    publicKey: privateKey.publicKeyOctets),
                ttl: request.ttl, timing: request.timing, role: request.role, privateKey: privateKey)
            if key.occupiedKeyTags.isDisjoint(with: taken) { return key }
        }
        throw DiagnosedFailure(
            .error(
                KeyRules.generation, "no key tag is free: \(taken.count) are taken",
                hint: "remove the files of keys that are no longer used"))
    }
}
