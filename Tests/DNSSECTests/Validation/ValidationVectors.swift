// swift-format-ignore-file: NeverForceUnwrap

import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing

/// The shared test vectors, read where they are, in the forms that validation needs.
enum ValidationVectors {
    /// The folder, or `nil` when there is none; then the tests say so and pass.
    static let folder: String? = {
        let path =
            ProcessInfo.processInfo.environment["DANECTL_VECTORS"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("../shared/vectors").path
        if FileManager.default.fileExists(atPath: path) { return path }
        print("no test vectors at \(path): set DANECTL_VECTORS")
        return nil
    }()

    /// A row of an `expected.tsv`: file, check, arguments, expectation.
    struct Row: Sendable, CustomTestStringConvertible {
        let folder: String
        let file: String
        let check: String
        let arguments: String
        let expectation: String

        var testDescription: String { "\(file) \(arguments) \(expectation)" }
        var accepts: Bool { expectation == "accept" }

        /// The value after `name=`, up to the next blank.
        func argument(_ name: String) -> String? {
            arguments.range(of: name + "=").map { String(arguments[$0.upperBound...].prefix { $0 != " " }) }
        }

        var time: Timestamp? { argument("time").flatMap { Timestamp(text: $0) } }

        /// The DS record after `anchor=`.
        var anchors: [TrustAnchor] {
            guard let range = arguments.range(of: "anchor=") else { return [] }
            let fields = arguments[range.upperBound...].split(separator: " ")
            return [ValidationVectors.anchor(fields)].compactMap { $0 }
        }

        var text: String {
            get throws { try ValidationVectors.text(folder + "/" + file) }
        }
    }

    /// An anchor from `owner DS tag algorithm digest-type digest`.
    static func anchor(_ fields: [Substring]) -> TrustAnchor? {
        guard fields.count >= 6, let owner = try? DomainName(fields[0]), let tag = UInt16(fields[2]),
            let algorithm = UInt8(fields[3]), let type = UInt8(fields[4]), let digest = Hex.decode(fields[5])
        else { return nil }
        return .ds(
            RData.DS(
                keyTag: tag, algorithm: SecurityAlgorithm(rawValue: algorithm), digestType: DigestType(rawValue: type),
                digest: digest), of: owner)
    }

    static func text(_ path: String) throws -> String {
        let folder = try #require(folder)
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path)), as: UTF8.self)
    }

    /// The rows of some checks in one topic; none when there are no vectors.
    static func rows(_ topic: String, _ checks: Set<String>) -> [Row] {
        guard folder != nil, let table = try? text(topic + "/expected.tsv") else { return [] }
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 3, checks.contains(fields[1]) else { return nil }
            return Row(folder: topic, file: fields[0], check: fields[1], arguments: fields[2], expectation: fields[3])
        }
    }

    /// The records of a text, put together as RRsets with their signatures.
    static func signedRRsets(_ text: String, defaultTTL: TTL = TTL(3600)) throws -> [SignedRRset] {
        let reading = ZoneFileReader.readRecords(
            ZoneFileSource(text, name: "vector"), options: ZoneFileOptions(origin: .root, defaultTTL: defaultTTL))
        let records = try #require(reading.value, "\(reading.diagnostics)").values
        var order: [RRsetKey] = []
        var sets: [RRsetKey: SignedRRset] = [:]
        var signatures: [(RRsetKey, RData.RRSIG)] = []
        for record in records {
            if record.type == .rrsig {
                let rrsig = try RData.RRSIG(wireFormat: record.rdata)
                signatures.append((RRsetKey(owner: record.owner, type: rrsig.typeCovered), rrsig))
                continue
            }
            let key = RRsetKey(owner: record.owner, type: record.type)
            if sets[key] == nil {
                order.append(key)
                sets[key] = SignedRRset(
                    RRset(owner: record.owner, type: record.type, ttl: record.ttl, rdata: []), signatures: [])
            }
            sets[key]!.rrset.rdata.append(record.rdata)
        }
        for (key, rrsig) in signatures { sets[key]?.signatures.append(rrsig) }
        return order.compactMap { sets[$0] }
    }

    private struct RRsetKey: Hashable {
        let owner: DomainName
        let type: RRType
    }

    /// One entry of Unbound's unit test files: the name asked for and the records of the answer.
    struct Entry {
        let question: String
        let text: String
    }

    static func entries(_ text: String) -> [Entry] {
        var entries: [Entry] = []
        var question = ""
        var records = ""
        var section = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("ENTRY_BEGIN") {
                question = ""
                records = ""
            } else if line.hasPrefix("ENTRY_END") {
                entries.append(Entry(question: question, text: records))
            } else if line.hasPrefix("SECTION") {
                section = String(line.dropFirst(8)).trimmingCharacters(in: .whitespaces)
            } else if section == "QUESTION", !line.hasPrefix(";") {
                if question.isEmpty { question = line.split { $0 == " " || $0 == "\t" }.first.map(String.init) ?? "" }
            } else if !section.isEmpty {
                records += line + "\n"
            }
        }
        return entries
    }
}
