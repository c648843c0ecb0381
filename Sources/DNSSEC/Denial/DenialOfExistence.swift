public import Diagnostics

/// How a signed zone proves that a name or type does not exist (RFC 4035 §2.3, RFC 5155).
public enum DenialOfExistence: Sendable, Hashable {
    /// NSEC records that name the next owner (RFC 4034 §4).
    case nsec
    /// NSEC3 records that name the next hash of an owner (RFC 5155 §3).
    case nsec3(NSEC3Parameters)

    /// NSEC3 as RFC 9276 §3.1 wants it: no further iterations, no salt, no opt-out.
    public static let recommendedNSEC3 = Self.nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: false))

    /// What is wrong with, or unwise about, the choice.
    public var findings: [Diagnostic] {
        switch self {
        case .nsec: []
        case .nsec3(let parameters): parameters.findings
        }
    }
}

/// The parameters of an NSEC3 chain (RFC 5155 §3.1).
public struct NSEC3Parameters: Sendable, Hashable {
    /// How often the hash is applied again after the first time (RFC 5155 §5).
    public var iterations: UInt16
    /// Octets that are appended before each hashing; at most 255.
    public var salt: [UInt8]
    /// Whether insecure delegations are left out of the chain (RFC 5155 §6).
    public var optOut: Bool

    /// Creates parameters.
    public init(iterations: UInt16, salt: [UInt8], optOut: Bool) {
        self.iterations = iterations
        self.salt = salt
        self.optOut = optOut
    }

    /// The most iterations that are accepted here. RFC 9276 §3.2 lets validators treat any zone with more than none as
    /// insecure, and the common ones do so beyond this at the latest.
    public static let maximumIterations: UInt16 = 100

    /// What is wrong with, or unwise about, the parameters (RFC 9276 §3.1).
    public var findings: [Diagnostic] {
        var result: [Diagnostic] = []
        if iterations > Self.maximumIterations {
            result.append(
                .error(
                    .nsec3Iterations,
                    """
                    NSEC3 with \(iterations) iterations, at most \(Self.maximumIterations) are accepted: validators treat \
                    such a zone as insecure or do not resolve it at all
                    """,
                    .rfc(9276, "3.1"), .rfc(9276, "3.2"), hint: "use 0 iterations"))
        } else if iterations > 0 {
            result.append(
                .warning(
                    .nsec3Iterations,
                    """
                    NSEC3 with \(iterations) iterations, 0 is expected: they cost every server and validator time and \
                    hide nothing, and validators may treat the zone as insecure
                    """,
                    .rfc(9276, "3.1"), .rfc(9276, "3.2"), hint: "use 0 iterations"))
        }
        if salt.count > 255 {
            result.append(
                .error(
                    .nsec3Salt, "NSEC3 salt of \(salt.count) octets, at most 255 fit", .rfc(5155, "3.1.4"),
                    hint: "use no salt"))
        } else if !salt.isEmpty {
            result.append(
                .warning(
                    .nsec3Salt, "NSEC3 with a salt of \(salt.count) octets, none is expected: it protects nothing",
                    .rfc(9276, "3.1"), hint: "use no salt"))
        }
        return result
    }
}
