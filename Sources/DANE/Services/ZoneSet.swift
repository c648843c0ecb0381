public import DNSModel

/// The zones that we publish, and the questions that service discovery asks of them.
public struct ZoneSet: Sendable {
    /// Who speaks for a name.
    public enum Authority: Sendable, Hashable {
        /// One of our zones.
        case ours(apex: DomainName)
        /// Our zone delegates the name to somebody else at `cut`.
        case delegated(apex: DomainName, cut: DomainName)
        /// None of our zones is above the name.
        case foreign

        /// The zone of ours that has the name's records, or `nil`.
        public var ownApex: DomainName? { if case .ours(let apex) = self { apex } else { nil } }
    }

    /// What a name and type lead to, following aliases within our zones.
    public struct Resolution: Sendable, Hashable {
        /// How it ended.
        public enum Status: Sendable, Hashable {
            /// There is an RRset.
            case answer(RRset)
            /// Our zone says that there is none.
            case none
            /// The last name is not in our hands.
            case elsewhere(Authority)
            /// The aliases lead round in a circle, or there are more than sixteen.
            case loop
        }

        /// The names passed, the one asked for first; more than one when there are aliases.
        public let names: [DomainName]
        /// How it ended, for the last name.
        public let status: Status

        /// The RRset, or `nil`.
        public var rrset: RRset? { if case .answer(let rrset) = status { rrset } else { nil } }
    }

    /// A zone with what lookups want to know of it beforehand.
    private struct Entry: Sendable {
        let zone: Zone
        /// The owners of NS records below the apex.
        let cuts: EnclosingNames
        let hasWildcards: Bool

        init(_ zone: Zone) {
            self.zone = zone
            var cuts: Set<DomainName> = []
            for record in zone.records where record.type == .ns { cuts.insert(zone.name(of: record.owner)) }
            cuts.remove(zone.apex)
            self.cuts = EnclosingNames(cuts)
            hasWildcards = (0..<zone.ownerCount).contains { index in
                let octets = zone.nameOctets(of: OwnerIndex(index))
                return octets[0] == 1 && octets[1] == UInt8(ascii: "*")
            }
        }
    }

    private let zones: [DomainName: Entry]
    private let names: EnclosingNames
    private let unsigned: Set<DomainName>

    /// Creates the set.
    ///
    /// - Parameters:
    ///   - zones: The zones; of two with one apex the first counts.
    ///   - unsigned: The apexes of those that are not signed; danectl signs all that a manifest names.
    public init(_ zones: [Zone], unsigned: Set<DomainName> = []) {
        self.zones = Dictionary(zones.map { ($0.apex, Entry($0)) }, uniquingKeysWith: { first, _ in first })
        names = EnclosingNames(zones.map(\.apex))
        self.unsigned = unsigned
    }

    /// The zone with an apex.
    public func zone(apex: DomainName) -> Zone? { zones[apex]?.zone }

    /// The apexes, in canonical order.
    public var apexes: [DomainName] { zones.keys.sorted() }

    /// Whether validating resolvers will find a name's records signed, as far as our zones can tell.
    public func isSigned(_ authority: Authority) -> Bool { authority.ownApex.map { !unsigned.contains($0) } ?? false }

    /// Who speaks for a name: the deepest of our zones above it, unless that delegates it.
    public func authority(of name: DomainName) -> Authority {
        guard let apex = names.deepest(above: name) else { return .foreign }
        // The cut nearest to the apex decides.
        guard let cut = zones[apex]?.cuts.shallowest(above: name) else { return .ours(apex: apex) }
        return .delegated(apex: apex, cut: cut)
    }

    /// Looks for an RRset, following CNAME (RFC 1034 §3.6.2) and expanding wildcards (RFC 4592).
    public func resolve(_ name: DomainName, _ type: RRType) -> Resolution {
        var names = [name]
        while let current = names.last, names.count <= 17 {
            let authority = authority(of: current)
            guard let apex = authority.ownApex, let entry = zones[apex] else {
                return Resolution(names: names, status: .elsewhere(authority))
            }
            let zone = entry.zone
            guard let owner = source(of: current, in: entry) else { return Resolution(names: names, status: .none) }
            let range = zone.rrsetRange(of: owner, type: type)
            if !range.isEmpty {
                var rrset = zone.rrset(at: range)
                rrset.owner = current
                return Resolution(names: names, status: .answer(rrset))
            }
            let aliases = zone.rrsetRange(of: owner, type: .cname)
            guard let alias = aliases.first,
                let cname = try? RData.CNAME(wireFormat: zone.rdata(of: zone.records[alias]))
            else { return Resolution(names: names, status: .none) }
            if names.contains(cname.target) { break }
            names.append(cname.target)
        }
        return Resolution(names: names, status: .loop)
    }

    /// The owner whose records answer for a name: itself, or the wildcard at its closest encloser (RFC 4592 §3.3.1).
    private func source(of name: DomainName, in entry: Entry) -> OwnerIndex? {
        let zone = entry.zone
        if let owner = zone.owner(named: name) { return owner }
        guard entry.hasWildcards, !exists(name, in: zone) else { return nil }
        var encloser = name.parent
        while let current = encloser, current.isSubdomain(of: zone.apex) {
            if exists(current, in: zone) { return current.prepending("*").flatMap(zone.owner(named:)) }
            encloser = current.parent
        }
        return nil
    }

    /// Whether a name owns records or is an empty non-terminal.
    private func exists(_ name: DomainName, in zone: Zone) -> Bool {
        if zone.owner(named: name) != nil { return true }
        let next = zone.insertionPoint(of: name)
        return next < zone.ownerCount && zone.name(of: OwnerIndex(next)).isSubdomain(of: name)
    }
}

extension ZoneSet.Authority: CustomStringConvertible {
    /// `zone yaxim.org.`, `delegated at host.example.org.`, `not ours`.
    public var description: String {
        switch self {
        case .ours(let apex): "zone \(apex)"
        case .delegated(_, let cut): "delegated at \(cut)"
        case .foreign: "not ours"
        }
    }
}
