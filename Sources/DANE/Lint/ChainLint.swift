import DNSModel
import Diagnostics
import OpenSSLBridge

/// Order and completeness of a chain, its dates, and the strength of its keys and signatures.
enum ChainLint {
    static func findings(_ chain: CertificateChain, at location: SourceLocation?) -> [Diagnostic] {
        chain.findings.map { finding in
            func label(_ position: Int) -> String { "certificate \(position + 1), '\(chain.sent[position].label)'," }
            return switch finding {
            case .leafNotFirst(let position):
                .error(
                    "cert/chain-order", at: location,
                    "\(label(position)) is the server's own, which must stand first", .rfc(8446, "4.4.2"),
                    hint: "put the server's certificate first, then each issuer after what it issued")
            case .outOfOrder(let position, let expected):
                .warning(
                    "cert/chain-order", at: location,
                    "\(label(position)) belongs at place \(expected + 1)", .rfc(5246, "7.4.2"),
                    hint: "put each issuer after what it issued; TLS before 1.3 demands it")
            case .missingIssuer(let position, let issuer):
                position == chain.pathPositions[0]
                    ? .warning(
                        "cert/chain-incomplete", at: location,
                        "the issuer of '\(chain.sent[position].label)', '\(issuer)', is not in the file",
                        .rfc(8446, "4.4.2"), hint: "add the issuer's certificate, unless clients trust it by itself")
                    : .note(
                        "cert/chain-ends", at: location,
                        "the chain ends below '\(issuer)', which clients must know by themselves", .rfc(8446, "4.4.2"))
            case .stray(let position):
                .warning(
                    "cert/chain-stray", at: location, "\(label(position)) has no part in the chain",
                    .rfc(8446, "4.4.2"), hint: "remove it")
            case .duplicate(let position):
                .warning(
                    "cert/chain-stray", at: location, "\(label(position)) stands there twice", .rfc(8446, "4.4.2"),
                    hint: "remove one of them")
            case .rootIncluded(let position):
                .note(
                    "cert/chain-root", at: location,
                    "\(label(position)) is self-signed: it need not be sent, unless TLSA with usage 2 names it",
                    .rfc(7671, "5.2"))
            }
        }
    }
}

/// Dates against a given present.
enum ValidityLint {
    static func findings(
        _ certificate: Certificate, isLeaf: Bool, now: Timestamp, at location: SourceLocation?
    ) -> [Diagnostic] {
        let end = Timestamp(certificate.notAfter)
        let start = Timestamp(certificate.notBefore)
        if start > end {
            return [
                .error(
                    "cert/expired", at: location, "'\(certificate.label)' ends, \(end), before it begins, \(start)",
                    .rfc(5280, "4.1.2.5"))
            ]
        }
        if now > end {
            return [
                .error(
                    "cert/expired", at: location,
                    "'\(certificate.label)' has expired on \(end), \(days(end, now)) ago", .rfc(5280, "4.1.2.5"),
                    hint: "renew it; under usage 3 clients ignore the date, under 0, 1 and 2 they don't")
            ]
        }
        if now < start {
            return [
                .error(
                    "cert/not-yet-valid", at: location, "'\(certificate.label)' is not valid before \(start)",
                    .rfc(5280, "4.1.2.5"))
            ]
        }
        guard isLeaf, now.distance(to: end) < CertificateLint.expiryWarningDays * 86_400,
            // A certificate of a month is renewed later than one of a year.
            now.distance(to: end) * 3 < start.distance(to: end)
        else { return [] }
        return [
            .warning(
                "cert/expires-soon", at: location,
                "'\(certificate.label)' expires on \(end), in \(days(now, end))", .rfc(5280, "4.1.2.5"),
                hint: "renew it now: with DANE a renewal waits for the TTL of the TLSA records")
        ]
    }

    private static func days(_ from: Timestamp, _ to: Timestamp) -> String {
        let seconds = from.distance(to: to)
        let days = abs(seconds) / 86_400
        return days == 0 ? "\(abs(seconds) / 3_600) hours" : days == 1 ? "1 day" : "\(days) days"
    }
}

/// Keys and signatures that can be broken.
enum StrengthLint {
    static func findings(_ certificate: Certificate, at location: SourceLocation?) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        let label = certificate.label
        let key = certificate.publicKey.kind
        switch key {
        case .rsa(let bits) where bits < 2048:
            findings.append(
                .error(
                    "cert/weak-key", at: location, "'\(label)' has a key of \(key), expected 2048 or more",
                    .rfc(9325, "4.5"), hint: "make a new key: EC P-256, or RSA of 2048 bits or more"))
        case .dsa:
            findings.append(
                .error(
                    "cert/weak-key", at: location, "'\(label)' has a DSA key, which TLS 1.3 does not know",
                    .rfc(8446, "4.2.3")))
        case .ec(let curve, let bits) where bits == 0:
            findings.append(
                .warning("cert/weak-key", at: location, "'\(label)' has an EC key on an unusual curve: \(curve)"))
        case .ed25519 where !certificate.isCA, .ed448 where !certificate.isCA:
            findings.append(
                .note(
                    "cert/unusual-key", at: location,
                    "'\(label)' has a key of \(key): not all TLS libraries accept it in a server's certificate"))
        default: break
        }
        if certificate.signatureAlgorithm.isBrokenSignatureAlgorithm, !certificate.isSelfIssued {
            findings.append(
                .error(
                    "cert/weak-signature", at: location,
                    "'\(label)' is signed with \(certificate.signatureAlgorithm.signatureAlgorithmName), which can be"
                        + " forged",
                    .rfc(9325, "4.5"), hint: "have it issued anew with SHA-256"))
        }
        return findings
    }
}

/// What the key may be used for.
enum PurposeLint {
    static func findings(
        _ leaf: Certificate, takesServerLinks: Bool, at location: SourceLocation?
    ) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        if let purposes = leaf.extensions.extendedKeyUsage, !purposes.contains(.anyExtendedKeyUsage) {
            if !purposes.contains(.serverAuthentication) {
                findings.append(
                    .error(
                        "cert/no-server-auth", at: location,
                        "'\(leaf.label)' is not for TLS servers: extKeyUsage lacks serverAuth", .rfc(5280, "4.2.1.12")))
            }
            if takesServerLinks, !purposes.contains(.clientAuthentication) {
                findings.append(
                    .warning(
                        "cert/no-client-auth", at: location,
                        "'\(leaf.label)' is not for TLS clients: extKeyUsage lacks clientAuth, and a server that opens"
                            + " a link to another is its client",
                        .rfc(5280, "4.2.1.12"), .rfc(6120, "13.7.1.2"),
                        hint: "ask the CA for a profile with clientAuth; where there is none, links rely on DANE or"
                            + " dialback at servers that insist on it"))
            }
        }
        if let usage = leaf.extensions.keyUsage, !usage.contains(.digitalSignature) {
            findings.append(
                .error(
                    "cert/no-digital-signature", at: location,
                    "'\(leaf.label)' has keyUsage without digitalSignature: it cannot sign a handshake",
                    .rfc(5280, "4.2.1.3"), .rfc(6120, "13.7.1.1")))
        }
        if leaf.isCA, !leaf.isSelfIssued {
            findings.append(
                .warning(
                    "cert/leaf-is-ca", at: location, "'\(leaf.label)' is a CA's certificate, presented as a server's",
                    .rfc(5280, "4.2.1.9")))
        }
        return findings
    }
}
