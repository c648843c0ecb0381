import DNSModel
import DNSSEC
import Diagnostics

/// What `danectl verify` found, in a line.
enum VerificationText {
    static func summary(_ report: ValidationReport) -> String {
        let statistics = report.statistics
        let errors = report.diagnostics.count { $0.severity == .error }
        var text = "\(report.apex) "
        if !report.isValid {
            text += "\(report.status.word): \(errors) \(errors == 1 ? "error" : "errors")"
        } else if report.status == .insecure {
            text += "insecure: not signed, but its ZONEMD matches"
        } else if report.status == .indeterminate {
            text += "valid by itself (no --ds to chain to)"
        } else {
            text += report.status.word
        }
        text += "; \(statistics.rrsets) RRsets, \(statistics.verifiedSignatures) signatures verified"
        if statistics.nsecRecords > 0 { text += ", \(statistics.nsecRecords) NSEC" }
        if statistics.nsec3Records > 0 { text += ", \(statistics.nsec3Records) NSEC3" }
        if let first = report.firstExpiration {
            text +=
                "; first signature expires \(RelativeTime.text(first.time, now: report.time)): \(first.owner) \(first.type)"
        }
        return text
    }
}

/// What `danectl verify` found, as JSON.
struct VerificationJSON: Encodable {
    private let zone: String
    private let time: String
    private let valid: Bool
    private let status: String
    private let rrsets: Int
    private let signatures: Int
    private let verifiedSignatures: Int
    private let nsec: Int
    private let nsec3: Int
    private let firstExpiration: Expiration?
    private let findings: [DiagnosticJSON]

    private struct Expiration: Encodable {
        let time: String
        let owner: String
        let type: String
        let keyTag: UInt16
        let days: Int64
    }

    init(_ report: ValidationReport, reading: [Diagnostic]) {
        zone = report.apex.presentationFormat
        time = report.time.description
        valid = report.isValid
        status = report.status.word
        rrsets = report.statistics.rrsets
        signatures = report.statistics.signatures
        verifiedSignatures = report.statistics.verifiedSignatures
        nsec = report.statistics.nsecRecords
        nsec3 = report.statistics.nsec3Records
        firstExpiration = report.firstExpiration.map {
            Expiration(
                time: $0.time.description, owner: $0.owner.presentationFormat, type: "\($0.type)", keyTag: $0.keyTag,
                days: report.daysUntilFirstExpiration ?? 0)
        }
        findings = (reading + report.diagnostics).map(DiagnosticJSON.init)
    }
}

extension SecurityStatus {
    /// The word of RFC 4033 §5.
    var word: String {
        switch self {
        case .secure: "secure"
        case .insecure: "insecure"
        case .bogus: "bogus"
        case .indeterminate: "indeterminate"
        }
    }
}
