public import DNSModel
import Diagnostics

/// A chain of trust, from anchors down through DS and DNSKEY RRsets to the data (RFC 4033 §3.1).
public enum ChainOfTrust {
    /// One RRset of a chain with what was made of it.
    public struct Link: Sendable, Hashable {
        /// The zone that the RRset belongs to: the one that signs it.
        public let zone: DomainName
        /// The owner of the RRset.
        public let owner: DomainName
        /// The type of the RRset.
        public let type: RRType
        /// What a resolver makes of it, and why.
        public let verdict: RRsetVerdict
    }

    /// What a chain comes to.
    public struct Verdict: Sendable, Hashable {
        /// The worst of all links: bogus before insecure, insecure before indeterminate, those before secure.
        public let status: SecurityStatus
        /// The RRsets, from the top down: each zone's keys, then what they sign.
        public let links: [Link]

        /// The first link that is not secure.
        public var firstFault: Link? { links.first { $0.verdict.status != .secure } }
    }

    /// Validates RRsets from `anchors` down.
    ///
    /// The records may be in any order and of any number of zones. A zone is trusted when an anchor, or a DS RRset that
    /// was itself found secure, names a key that signs the zone's DNSKEY RRset.
    public static func validate(
        _ records: [SignedRRset], anchors: [TrustAnchor], at now: Timestamp?
    ) -> Verdict {
        var trusted: [DomainName: RRsetValidator] = [:]
        var delegations: [DomainName: [TrustAnchor]] = [:]
        for anchor in anchors { delegations[anchor.owner, default: []].append(anchor) }
        var links: [Link] = []
        // A zone's keys come before its data, and a parent's data before its child's keys.
        let ordered = records.enumerated().sorted { left, right in
            let leftKey = Self.depth(left.element)
            let rightKey = Self.depth(right.element)
            return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
        }.map(\.element)
        for set in ordered {
            let link: Link
            if set.rrset.type == .dnskey {
                link = enter(set, delegations[set.rrset.owner] ?? [], now, into: &trusted)
            } else {
                link = judge(set, trusted, now)
            }
            if set.rrset.type == .ds, link.verdict.status == .secure {
                for rdata in set.rrset.rdata {
                    guard let ds = try? RData.DS(wireFormat: rdata) else { continue }
                    delegations[set.rrset.owner, default: []].append(.ds(ds, of: set.rrset.owner))
                }
            }
            links.append(link)
        }
        return Verdict(status: worst(links), links: links)
    }

    /// Where an RRset is to be looked at: by the depth of the zone that signs it, keys first.
    private static func depth(_ set: SignedRRset) -> Int {
        let isKeySet = set.rrset.type == .dnskey
        let zone = isKeySet ? set.rrset.owner : set.signatures.first?.signerName ?? set.rrset.owner
        return zone.labelCount * 2 + (isKeySet ? 0 : 1)
    }

    private static func worst(_ links: [Link]) -> SecurityStatus {
        let statuses = Set(links.map(\.verdict.status))
        for status in [SecurityStatus.bogus, .insecure, .indeterminate] where statuses.contains(status) {
            return status
        }
        return links.isEmpty ? .indeterminate : .secure
    }

    /// Judges a DNSKEY RRset; when an anchor or DS leads into it, its keys are trusted from then on.
    private static func enter(
        _ set: SignedRRset, _ anchors: [TrustAnchor], _ now: Timestamp?,
        into trusted: inout [DomainName: RRsetValidator]
    ) -> Link {
        let zone = set.rrset.owner
        let keys = set.rrset.rdata.compactMap { try? RData.DNSKEY(wireFormat: $0) }
        func link(_ verdict: RRsetVerdict) -> Link {
            Link(zone: zone, owner: zone, type: .dnskey, verdict: verdict)
        }
        func verdict(_ status: SecurityStatus, _ rule: ValidationRule, _ reason: String) -> RRsetVerdict {
            RRsetVerdict(
                status: status, rule: rule.id, reason: "\(zone) DNSKEY \(reason)", keyTag: nil,
                isWildcardExpansion: false, expiration: nil)
        }
        if anchors.isEmpty {
            return link(verdict(.indeterminate, .anchorMismatch, "is named by no trust anchor and by no DS"))
        }
        let supported = anchors.filter(\.isSupported)
        if supported.isEmpty {
            return link(
                verdict(.insecure, .anchorUnsupported, "is named only by DS of unsupported digest types or algorithms"))
        }
        let strong = supported.filter { !$0.hasWeakDigest }
        let named = keys.filter { key in
            !key.isRevoked && (strong.isEmpty ? supported : strong).contains { $0.names(key) }
        }
        if named.isEmpty {
            return link(verdict(.bogus, .anchorMismatch, "has no key that a trust anchor or DS names"))
        }
        let outcome = RRsetValidator(zone: zone, keys: named).validate(set, at: now)
        if outcome.status == .secure { trusted[zone] = RRsetValidator(zone: zone, keys: keys) }
        return link(outcome)
    }

    /// Judges any other RRset with the keys of the zone that claims to have signed it.
    private static func judge(
        _ set: SignedRRset, _ trusted: [DomainName: RRsetValidator], _ now: Timestamp?
    ) -> Link {
        let owner = set.rrset.owner
        let signer = set.signatures.first?.signerName ?? owner
        // A DS is the parent's: its signer must be above it (RFC 4035 §5.2).
        let isOwnDS = set.rrset.type == .ds && signer == owner
        guard let validator = trusted[signer], !isOwnDS else {
            let reason = isOwnDS ? "is signed by the child" : "is signed by \(signer), whose keys are not trusted"
            let verdict = RRsetVerdict(
                status: isOwnDS ? .bogus : .indeterminate, rule: ValidationRule.signerName.id,
                reason: "\(owner) \(set.rrset.type) \(reason)", keyTag: nil, isWildcardExpansion: false, expiration: nil
            )
            return Link(zone: signer, owner: owner, type: set.rrset.type, verdict: verdict)
        }
        return Link(zone: signer, owner: owner, type: set.rrset.type, verdict: validator.validate(set, at: now))
    }
}
