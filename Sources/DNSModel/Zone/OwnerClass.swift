/// What an owner name of a zone file is to the zone (RFC 4035 §2, RFC 9499 §7).
///
/// One octet, so that a zone's classes are an array as long as the zone has owners.
@frozen
public enum OwnerClass: UInt8, Sendable, Hashable, CaseIterable {
    /// The zone speaks for this name: the apex, and what is neither at nor below a zone cut.
    case authoritative
    /// A zone cut without DS: NS below the apex. Only NSEC or NSEC3 is signed here.
    case insecureDelegation
    /// A zone cut with DS, which is signed.
    case secureDelegation
    /// Below a zone cut or below a DNAME: glue, or data that nobody will ever be given. Never signed.
    case occluded
    /// At the hash of another name: NSEC3 and its signatures, nothing else. Signed, but no link of the chain.
    case hashedOwner
    /// Neither the apex nor below it.
    case outOfZone
}

extension OwnerClass {
    /// Whether this is a zone cut, seen from the parent's side.
    @inlinable
    public var isDelegationPoint: Bool { self == .insecureDelegation || self == .secureDelegation }

    /// Whether the name is a link of an NSEC chain, or of an NSEC3 chain without opt-out: it is authoritative or a
    /// delegation point (RFC 4035 §2.3, RFC 5155 §7.1).
    @inlinable
    public var isInDenialChain: Bool { rawValue <= OwnerClass.secureDelegation.rawValue }
}

/// A name that owns no records but has names below it that do (RFC 9499 §7).
///
/// Only names that lead to an authoritative name or a delegation point count: what is occluded, out of zone or the
/// hash of another name makes no empty non-terminal.
public struct EmptyNonTerminal: Sendable, Hashable {
    /// Where the name stands in the zone's store: it is the end of the name at ``position``.
    package let nameOffset: UInt32
    /// The first link of the denial chain below it. The empty non-terminal comes right before this owner in the chain,
    /// and after a shorter one that has the same position.
    public let position: OwnerIndex
    /// Whether every name below it that counts is a delegation without DS, or another such empty non-terminal: under
    /// opt-out it may then go without an NSEC3 record (RFC 5155 §7.1 as corrected by erratum 3441).
    public internal(set) var leadsOnlyToInsecureDelegations: Bool

    /// The same name where ``position`` is another one, because owners were put between the others.
    package func moved(to position: OwnerIndex) -> EmptyNonTerminal {
        EmptyNonTerminal(
            nameOffset: nameOffset, position: position, leadsOnlyToInsecureDelegations: leadsOnlyToInsecureDelegations)
    }
}
