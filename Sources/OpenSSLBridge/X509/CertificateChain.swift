/// The certificates that a server sends, judged as a list (RFC 8446 §4.4.2, RFC 5246 §7.4.2).
public struct CertificateChain: Sendable, Hashable {
    /// What is wrong with the order or the membership of a chain. Positions count from 0.
    public enum Finding: Sendable, Hashable {
        /// The first certificate is not the leaf; the leaf stands at `position`.
        case leafNotFirst(position: Int)
        /// The certificate at `position` belongs to the path, but not there; the path wants it at `expected`.
        case outOfOrder(position: Int, expected: Int)
        /// The issuer of the last certificate of the path is not among the certificates.
        case missingIssuer(of: Int, issuer: DistinguishedName)
        /// The certificate at `position` is not part of the path.
        case stray(position: Int)
        /// The certificate at `position` stands there for the second time.
        case duplicate(position: Int)
        /// The certificate at `position` is a self-signed root, which need not be sent, unless TLSA names it.
        case rootIncluded(position: Int)
    }

    /// The certificates as sent.
    public let sent: [Certificate]
    /// The path from the leaf upwards, each issued by the next; the positions are indices into ``sent``.
    public let pathPositions: [Int]
    /// What is wrong with the list.
    public let findings: [Finding]

    /// The path from the leaf upwards.
    public var path: [Certificate] { pathPositions.map { sent[$0] } }

    /// The first certificate of the path, or `nil` for an empty list.
    public var leaf: Certificate? { pathPositions.first.map { sent[$0] } }

    /// Judges a list of certificates.
    ///
    /// The leaf is the first that is not a CA; where all are CAs, the first that issued none of the others.
    public init(_ sent: [Certificate]) {
        self.sent = sent
        guard let leaf = Self.leafPosition(sent) else {
            pathPositions = []
            findings = []
            return
        }
        var path = [leaf]
        while path.count < sent.count, let last = path.last, !sent[last].isSelfIssued {
            guard
                let next = sent.indices.first(where: { candidate in
                    !path.contains(candidate) && sent[last].isIssued(by: sent[candidate])
                })
            else { break }
            path.append(next)
        }
        pathPositions = path
        findings = Self.findings(sent, path)
    }

    private static func leafPosition(_ sent: [Certificate]) -> Int? {
        guard let first = sent.first else { return nil }
        if !first.isCA { return 0 }
        if let leaf = sent.firstIndex(where: { !$0.isCA && $0.extensions.basicConstraints != nil }) { return leaf }
        let issuers = Set(sent.filter { !$0.isSelfIssued }.map(\.issuer))
        return sent.firstIndex { !issuers.contains($0.subject) } ?? 0
    }

    private static func findings(_ sent: [Certificate], _ path: [Int]) -> [Finding] {
        var findings: [Finding] = []
        if let leaf = path.first, leaf != 0 { findings.append(.leafNotFirst(position: leaf)) }
        for (expected, position) in path.enumerated() where position != expected && expected > 0 {
            findings.append(.outOfOrder(position: position, expected: expected))
        }
        for position in sent.indices where !path.contains(position) {
            findings.append(
                sent[..<position].contains(sent[position]) || path.contains { sent[$0] == sent[position] }
                    ? .duplicate(position: position) : .stray(position: position))
        }
        if let last = path.last {
            if !sent[last].isSelfIssued {
                findings.append(.missingIssuer(of: last, issuer: sent[last].issuer))
            } else if path.count > 1, sent[last].isSelfSigned {
                findings.append(.rootIncluded(position: last))
            }
        }
        return findings
    }
}
