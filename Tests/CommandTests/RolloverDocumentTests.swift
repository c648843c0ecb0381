import Foundation
import Testing

@Suite("What programs read of a rollover: plan and status as JSON")
struct RolloverDocumentTests {
    private static let renewal = "2026-11-22T12:00:00Z"
    private static let owner = "_5269._tcp.xmpp.example."

    private struct PlanDocument: Decodable {
        let format: String
        let hash: String
        let certificates: [Entry]

        struct Entry: Decodable {
            let certificate: String
            let steps: [Step]
        }

        struct Step: Decodable {
            let at: String
            let kind: String
            let owner: String?
            let type: String?
            let ttl: UInt32?
            let records: [String]?
        }
    }

    private struct StatusDocument: Decodable {
        let format: String
        let level: String
        let certificates: [Entry]

        struct Entry: Decodable {
            let name: String
            let records: [Record]
        }

        struct Record: Decodable {
            let owner: String
            let tlsa: String
            let state: String
        }
    }

    private func record(of file: String, _ work: RolloverFolder) throws -> String {
        let line = try work.danectl("tlsa", file, "--for", Self.owner).output
        return String(try #require(line.split(separator: "TLSA ").last)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("The plan's steps name RRset, TTL and records in full")
    func plan() throws {
        let work = try RolloverFolder()
        try work.selfSign("staged", key: "staged.key")
        let (old, new) = (try record(of: "live.crt", work), try record(of: "staged.crt", work))
        let result = try work.danectl("plan", "--json", "--now", Self.renewal)
        let document = try JSONDecoder().decode(PlanDocument.self, from: Data(result.output.utf8))
        #expect(document.format == "danectl.plan/1")
        #expect(document.hash.count == 32)
        let steps = try #require(document.certificates.first).steps
        #expect(steps.map(\.kind) == ["publish", "deploy", "publish"])
        #expect(steps[0].at == Self.renewal && steps[0].owner == Self.owner && steps[0].type == "TLSA")
        #expect(steps[0].records == [old, new].sorted() && steps[0].ttl == 3600)
        #expect(steps[1].owner == nil && steps[1].records == nil)
        #expect(steps[2].records == [new])
    }

    @Test("The status names each record in full, with how far it has come")
    func status() throws {
        let work = try RolloverFolder()
        try work.selfSign("staged", key: "staged.key")
        #expect(try work.danectl("apply", "--now", Self.renewal).status == 0)
        let result = try work.danectl("status", "--format", "json", "--now", Self.renewal)
        let document = try JSONDecoder().decode(StatusDocument.self, from: Data(result.output.utf8))
        #expect(document.format == "danectl.status/1" && document.level == "ok")
        let records = try #require(document.certificates.first).records
        #expect(
            Set(records.map { "\($0.owner) \($0.tlsa) \($0.state)" }) == [
                "\(Self.owner) \(try record(of: "live.crt", work)) omnipresent",
                "\(Self.owner) \(try record(of: "staged.crt", work)) rumoured",
            ])
    }
}
