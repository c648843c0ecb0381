import Foundation
import Testing

@Suite("A live certificate whose file is gone")
struct MissingLiveFileTests {
    private static let later = ["2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z", "2026-12-01T12:00:00Z"]

    @Test("Its records stay, and every run says what is missing until the file is back")
    func recordsStay() throws {
        let work = try RolloverFolder()
        let (records, live) = (try work.records(), try work.folder.read("live.pem"))
        try FileManager.default.removeItem(atPath: work.folder.path + "/live.pem")
        for time in Self.later {
            let result = try work.danectl("apply", "--now", time)
            #expect(result.status == 65 && result.errors.contains("[cert/live-missing]"), "\(result.errors)")
            #expect(result.errors.contains("live.pem"))
            #expect(try work.records() == records)
            #expect(try work.danectl("status", "--format", "nagios", "--now", time).status == 2)
        }
        try work.folder.write(live, to: "live.pem")
        let back = try work.danectl("apply", "--now", "2026-12-01T13:00:00Z")
        #expect(back.status == 0, "\(back.errors)")
        #expect(try work.records() == records)
    }

    @Test("A staged one takes its place when every cache has its record, and not before")
    func stagedTakesOver() throws {
        let work = try RolloverFolder()
        try FileManager.default.removeItem(atPath: work.folder.path + "/live.pem")
        try work.selfSign("staged", key: "staged.key")
        _ = try work.danectl("apply", "--now", Self.later[0])
        #expect(try work.records().count == 2)
        #expect(!work.folder.exists("live.pem"))
        _ = try work.danectl("apply", "--now", Self.later[1])
        #expect(try work.folder.read("live.pem").contains(try work.folder.read("staged.crt")))
        let last = try work.danectl("apply", "--now", Self.later[2])
        #expect(last.status == 0, "\(last.errors)")
        #expect(try work.records().count == 1)
    }
}
