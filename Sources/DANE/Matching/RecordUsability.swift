import DNSModel
import Diagnostics
import OpenSSLBridge

/// Which records a client can use at all (RFC 6698 §4.1, RFC 7671 §4.1), and digest agility (RFC 7671 §9).
enum RecordUsability {
    /// Why a record cannot be used, or `nil` when it can.
    static func fault(of record: RData.TLSA, _ context: MatchingContext) -> (reason: String, RFCReference)? {
        guard record.usage <= .daneEE else {
            return ("certificate usage \(record.usage.rawValue) is unknown", .rfc(6698, "4.1"))
        }
        if context.application == .smtp, TLSAParameters(record).needsPKIX {
            return ("\(record.usage) is not used between mail servers", .rfc(7672, "3.1.3"))
        }
        guard record.selector <= .spki else {
            return ("selector \(record.selector.rawValue) is unknown", .rfc(6698, "4.1"))
        }
        if let length = record.matchingType.digestLength {
            guard record.associationData.count == length else {
                return (
                    "the data is \(record.associationData.count) octets, \(record.matchingType) needs \(length)",
                    .rfc(6698, "2.1.3")
                )
            }
            guard context.supportedDigests.contains(record.matchingType) else {
                return ("the client does not know \(record.matchingType)", .rfc(6698, "4.1"))
            }
            return nil
        }
        guard record.matchingType == .full else {
            return ("matching type \(record.matchingType.rawValue) is unknown", .rfc(6698, "4.1"))
        }
        if record.selector == .cert {
            if let error = parseFault({ () throws(X509Error) in _ = try Certificate(der: record.associationData) }) {
                return ("the data is not a certificate: \(error)", .rfc(6698, "2.1.4"))
            }
        } else if let error = parseFault({ () throws(X509Error) in
            guard try SubjectPublicKeyInfo(der: record.associationData).isUsable else {
                throw .malformed(what: "the public key", reason: "it is no key")
            }
        }) {
            return ("the data is not a public key: \(error)", .rfc(6698, "2.1.4"))
        }
        return nil
    }

    private static func parseFault(_ parse: () throws(X509Error) -> Void) -> X509Error? {
        do throws(X509Error) {
            try parse()
            return nil
        } catch {
            return error
        }
    }

    /// The strongest digest among usable records of the same usage and selector, if stronger than the record's own.
    static func strongerDigest(than record: RData.TLSA, among usable: [RData.TLSA]) -> MatchingType? {
        guard record.matchingType != .full else { return nil }
        let strongest = usable.filter { $0.usage == record.usage && $0.selector == record.selector }
            .map(\.matchingType).max()
        return strongest.flatMap { $0 > record.matchingType ? $0 : nil }
    }
}
