import Foundation
import Testing

/// A zone-file reader of another project that prints what it has read, or at least says whether it could.
enum ForeignReader: String, CaseIterable, CustomTestStringConvertible {
    case bind = "named-compilezone"
    case ldns = "ldns-read-zone"
    case nsd = "nsd-checkzone"
    case knot = "kzonecheck"

    var testDescription: String { rawValue }

    /// What came of reading: the text that was printed, `nil` of a reader that prints none.
    struct Reading {
        let isAccepted: Bool
        let text: String?
        let messages: String
    }

    /// Has a file of the folder read.
    func read(_ file: String, in folder: TemporaryFolder) throws -> Reading {
        switch self {
        case .bind:
            let lenient = ["-i", "none"] + ["-k", "-n", "-m", "-M", "-S", "-r"].flatMap { [$0, "ignore"] }
            let result = try run(lenient + ["-o", "bind.out", "example", file], in: folder)
            let text = result.status == 0 ? try folder.read("bind.out") : ""
            return Reading(isAccepted: result.status == 0, text: text, messages: result.output + result.errors)
        case .ldns:
            let result = try run([file], in: folder)
            return Reading(isAccepted: result.status == 0, text: result.output, messages: result.errors)
        case .nsd:
            let result = try run(["-p", "example", file], in: folder)
            let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("zone example is ok") }
            return Reading(
                isAccepted: result.status == 0, text: lines.joined(separator: "\n") + "\n", messages: result.errors)
        case .knot:
            let result = try run(["-o", "example", file], in: folder)
            return Reading(isAccepted: result.status == 0, text: nil, messages: result.output + result.errors)
        }
    }

    private func run(_ arguments: [String], in folder: TemporaryFolder) throws -> CommandResult {
        let result = try Shell.run(rawValue, arguments, in: folder.path)
        if result.status == 127 {
            throw LoopbackServer.Failure(
                description: "\(rawValue) is not installed; the command that runs the tests installs it")
        }
        return result
    }

    /// Types that the reader knows by number only, in the version of Debian 12.
    var unknownTypes: Set<String> {
        switch self {
        case .bind: ["CLA", "IPN"]
        case .ldns:
            [
                "A6", "AMTRELAY", "AVC", "BRID", "CLA", "DOA", "DSYNC", "HHIT", "IPN", "NINFO", "RESINFO", "RKEY", "TA",
                "WALLET",
            ]
        case .nsd:
            [
                "A6", "AMTRELAY", "ATMA", "BRID", "CLA", "DOA", "DSYNC", "EID", "GPOS", "HHIT", "HIP", "IPN",
                "NIMLOC", "NINFO", "NSAP-PTR", "RESINFO", "RKEY", "SINK", "TA", "TALINK", "WALLET",
            ]
        case .knot:
            [
                "A6", "AMTRELAY", "ATMA", "AVC", "BRID", "CLA", "DLV", "DOA", "DSYNC", "EID", "GPOS", "HHIT", "HIP",
                "IPN", "ISDN", "MB", "MD", "MF", "MG", "MR", "NIMLOC", "NINFO", "NSAP", "NSAP-PTR", "NXT", "PX",
                "RESINFO", "RKEY", "SIG", "SINK", "TA", "TALINK", "WALLET", "WKS", "X25",
            ]
        }
    }

    /// Records, by the first label of their owner, that the reader takes for something else, and why.
    var disagreements: [String: String] {
        let serviceKeys = "the service parameter keys are newer"
        let emptyGateway = "a gateway without a key is refused, against RFC 4025 §2.4"
        return switch self {
        case .bind:
            [
                "md-1": "refused as obsolete", "mf-1": "refused as obsolete", "ipseckey-5": emptyGateway,
                "nsec-2": "an empty bitmap is refused", "x25-2": "nothing but digits is read", "https-2": serviceKeys,
                "cds-3": "the erratum's 00 is read, not RFC 8078's 0",
                "cdnskey-3": "the erratum's AA== is read, not RFC 8078's 0",
                "rrsig-2": "the last second of 2106 is printed as one of 1969, the nearer one",
            ]
        case .ldns:
            [
                "wks-2": "an empty bitmap is refused", "nsap-ptr-1": "printed as a string, against RFC 1706 §6",
                "key-2": "a record without a key is refused, against RFC 2535 §3.1.2", "ipseckey-5": emptyGateway,
                "cds-3": "RFC 8078's 0 is read as one octet", "https-2": serviceKeys,
                "atma-2": "numbers of format 1 are not read",
                "nxt-1": "read as a bitmap of windows, which RFC 2535 does not have",
                "sink-1": "no presentation format", "sink-2": "no presentation format",
                "rrsig-2": "the last second of 2106 is printed as one of 1969, the nearer one",
            ]
        case .nsd:
            [
                "wks-2": "an empty bitmap is refused", "https-2": serviceKeys,
                "key-2": "a record without a key is refused, against RFC 2535 §3.1.2",
            ]
        case .knot:
            [
                "key-2": "a record without a key is refused, against RFC 2535 §3.1.2", "https-2": serviceKeys,
                "cds-3": "the erratum's 00 is read, not RFC 8078's 0",
                "cdnskey-3": "the erratum's AA== is read, not RFC 8078's 0",
            ]
        }
    }
}
