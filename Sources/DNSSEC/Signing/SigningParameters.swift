public import DNSModel
public import Diagnostics

/// Everything that signing a zone depends on besides the zone and its keys.
public struct SigningParameters: Sendable {
    /// The moment of signing.
    public var now: Timestamp
    /// How absence is proved.
    public var denial: DenialOfExistence
    /// When signatures begin, end and are made anew.
    public var times: SignatureTimes
    /// The TTL of the DNSKEY, CDS and CDNSKEY RRsets; `nil` for that of the key files, or else of the SOA record.
    public var dnskeyTTL: TTL?
    /// The longest TTL that any signed RRset may have; longer ones are cut. `nil` for no limit.
    public var maximumTTL: TTL?
    /// How the serial is chosen when the zone has changed.
    public var serialPolicy: SerialPolicy
    /// The digests over the whole zone that are published at its apex (RFC 8976); none for no ZONEMD record.
    public var zoneDigests: [ZoneDigest.Algorithm]
    /// What the zone asks its parent to publish (RFC 7344).
    public var parentSignal: ParentSignal
    /// What happens to DNSKEY records of the source that belong to none of the keys.
    public var foreignKeys: ForeignKeyPolicy
    /// Whether every octet of the previous zone is known to be the signer's own, so that its signatures need no check.
    public var previousIsTrusted: Bool

    /// Creates parameters.
    public init(
        now: Timestamp, denial: DenialOfExistence, times: SignatureTimes, dnskeyTTL: TTL?, maximumTTL: TTL?,
        serialPolicy: SerialPolicy, zoneDigests: [ZoneDigest.Algorithm], parentSignal: ParentSignal,
        foreignKeys: ForeignKeyPolicy, previousIsTrusted: Bool
    ) {
        self.now = now
        self.denial = denial
        self.times = times
        self.dnskeyTTL = dnskeyTTL
        self.maximumTTL = maximumTTL
        self.serialPolicy = serialPolicy
        self.zoneDigests = zoneDigests
        self.parentSignal = parentSignal
        self.foreignKeys = foreignKeys
        self.previousIsTrusted = previousIsTrusted
    }

    /// What an operator who has no wishes gets: NSEC3 as RFC 9276 wants it, standard times, the next serial.
    public static func standard(now: Timestamp) -> SigningParameters {
        SigningParameters(
            now: now, denial: .recommendedNSEC3, times: .standard, dnskeyTTL: nil, maximumTTL: nil,
            serialPolicy: .increment, zoneDigests: [], parentSignal: .asInSource, foreignKeys: .drop,
            previousIsTrusted: false)
    }
}

/// What CDS and CDNSKEY records a signed zone has (RFC 7344, RFC 8078).
public enum ParentSignal: Sendable, Hashable {
    /// Those of the source, if any.
    case asInSource
    /// None, whatever the source has.
    case none
    /// Those of the key-signing keys: CDNSKEY, and CDS with each of the digests.
    case publish(digests: [DigestType])
    /// The request to remove the DS records (RFC 8078 §4).
    case delete
}

/// What happens to DNSKEY records of the source that belong to none of the keys.
public enum ForeignKeyPolicy: Sendable, Hashable {
    /// They are dropped, with a note.
    case drop
    /// They are published, as another signer's keys are (RFC 8901), or keys whose private half is elsewhere.
    case publish
}

extension SigningParameters {
    /// What is wrong with, or unwise about, the parameters by themselves.
    public var findings: [Diagnostic] { denial.findings + timeFindings }

    /// RRSIG times are 32-bit serials: a signature may not span 2³¹ seconds (RFC 4034 §3.1.5).
    private var timeFindings: [Diagnostic] {
        var result: [Diagnostic] = []
        // Four times the largest span keeps every sum below in range.
        let sane: ClosedRange<Int64> = 0...0x1_FFFF_FFFF
        guard sane.contains(times.inceptionOffset), sane.contains(times.validity), sane.contains(times.refresh),
            sane.contains(times.jitter), (-(1 << 40)...(1 << 40)).contains(now.rawValue)
        else {
            return [
                .error(.signatureTimes, "signature times must be from 0 to 2^33 seconds", .rfc(4034, "3.1.5"))
            ]
        }
        let begin = times.inception ?? now.advanced(by: -times.inceptionOffset)
        let latest = times.expiration ?? now.advanced(by: times.validity)
        let earliest = times.expiration ?? latest.advanced(by: -times.jitter)
        if earliest <= begin {
            result.append(
                .error(
                    .signatureTimes, "signatures would expire at \(earliest), not after their inception at \(begin)",
                    .rfc(4034, "3.1.5"), hint: "the jitter must be shorter than the validity"))
        } else if begin.distance(to: latest) >= 0x8000_0000 {
            result.append(
                .error(
                    .signatureTimes,
                    "signatures would span \(begin.distance(to: latest)) seconds, less than 2^31 can be told",
                    .rfc(4034, "3.1.5")))
        } else if latest <= now {
            result.append(
                .warning(.signatureTimes, "signatures would have expired at \(latest), before they are made"))
        } else if begin > now {
            result.append(.warning(.signatureTimes, "signatures would not be valid before \(begin)"))
        }
        if times.expiration == nil, times.refresh >= times.validity - times.jitter, times.validity > 0 {
            result.append(
                .warning(
                    .signatureTimes,
                    """
                    signatures live for \(times.validity - times.jitter) seconds at the least and are due \
                    \(times.refresh) seconds before they end: each run makes them all anew
                    """, hint: "let refresh be about half of validity"))
        }
        return result
    }
}
