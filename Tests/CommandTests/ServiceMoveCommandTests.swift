import Foundation
import Testing

@Suite("Services that move to other targets, through the command line")
struct ServiceMoveCommandTests {
    private static let begin = "2026-11-24T12:00:00Z"
    private static let switching = "2026-11-24T13:11:03Z"
    private static let drained = "2026-11-24T14:24:00Z"

    /// The service of the folder's zone goes to another host.
    private func move(_ work: RolloverFolder, to target: String) throws {
        let zone = try work.folder.read("example.zone")
        try work.folder.write(
            zone.replacingOccurrences(of: "5269 xmpp", with: "5269 \(target)") + "\nother A 192.0.2.3\n",
            to: "example.zone")
    }

    private func target(_ work: RolloverFolder) throws -> String {
        let line = try work.folder.read("signed/example.zone").split(separator: "\n").first { $0.contains("\tSRV\t") }
        return String(line?.split(separator: " ").last ?? "")
    }

    private func owners(_ work: RolloverFolder) throws -> [String] {
        try work.records().map { String($0.prefix { $0 != "\t" }) }
    }

    @Test("Sign, plan and status say that the service is held, and until when")
    func told() throws {
        let work = try RolloverFolder()
        try move(work, to: "other")
        let signed = try work.danectl("sign", "--now", Self.begin)
        #expect(signed.status == 0 && signed.errors.contains("[rollover/service-held]"), "\(signed.errors)")
        #expect(try target(work) == "xmpp.example.")
        let plan = try work.danectl("plan", "--now", Self.begin)
        for text in [
            "move of _xmpp-server._tcp.example. SRV", "held as published until the new targets are ready",
            "publish _xmpp-server._tcp.example. SRV: other.example.:5269", "remove _5269._tcp.xmpp.example. TLSA",
            "can meet between",
        ] { #expect(plan.output.contains(text), "\(text): \(plan.output)") }
        #expect(try work.danectl("plan", "--json", "--now", Self.begin).output.contains("\"targets\""))
        #expect(try work.danectl("status", "--now", Self.begin).output.contains("held as published"))
        #expect(try work.danectl("status", "--format", "json", "--now", Self.begin).output.contains("\"moves\""))
        // One certificate that goes nowhere, one service that does: both are drawn.
        try work.selfSign("staged", key: "staged.key")
        #expect(try work.danectl("plan", "--svg", "plan.svg", "--now", Self.begin).status == 0)
        let drawing = try work.folder.read("plan.svg")
        #expect(drawing.contains("bring certificate") && drawing.contains("move _xmpp-server._tcp.example. SRV to"))
        #expect(drawing.components(separatedBy: "class=\"title\"").count == 3)
    }

    @Test("What others must publish is printed in full, and that nothing is proved of it")
    func foreign() throws {
        let work = try RolloverFolder()
        let record = try work.records()[0].split(separator: "\t").last ?? ""
        try move(work, to: "host.elsewhere.test.")
        let plan = try work.danectl("plan", "--now", Self.begin)
        let others = plan.output.split(separator: "\n").first { $0.contains("for others to publish") } ?? ""
        #expect(others.contains("_5269._tcp.host.elsewhere.test. TLSA \(record)"), "\(plan.output) \(record)")
        #expect(plan.output.contains("assumed, not proved: that others publish"))
        #expect(try work.danectl("plan", "--json", "--now", Self.begin).output.contains("\"assumption\""))
        #expect(try work.danectl("apply", "--now", Self.begin).status == 0)
        #expect(try target(work) == "host.elsewhere.test.")
    }

    @Test("A run killed at any step of a move is finished by the next", arguments: ["kill", "half"])
    func killed(mode: String) throws {
        let library = try WholeFileTests.saboteur.get()
        let work = try RolloverFolder()
        try move(work, to: "other")
        let ends = [
            (Self.begin, "xmpp.example.", ["_5269._tcp.other.example.", "_5269._tcp.xmpp.example."]),
            (Self.switching, "other.example.", ["_5269._tcp.other.example.", "_5269._tcp.xmpp.example."]),
            (Self.drained, "other.example.", ["_5269._tcp.other.example."]),
        ]
        for (time, end, wanted) in ends {
            let before = try work.snapshot()
            let old = try target(work)
            var step = 0
            var status: Int32 = -1
            while status != 0, step < 300 {
                step += 1
                status = try work.danectl(
                    "apply", "--now", time,
                    environment: ["LD_PRELOAD": library, "SABOTEUR_STEP": "\(step)", "SABOTEUR_MODE": mode]
                ).status
                #expect(status == 0 || status == 128 + SIGKILL)
                let present = try target(work)
                #expect(present == old || present == end, "step \(step)")
                #expect(try owners(work).contains("_5269._tcp.\(present)"), "step \(step)")
                let resumed = try work.danectl("apply", "--now", time)
                #expect(resumed.status == 0, "step \(step): \(resumed.errors)")
                #expect(try target(work) == end, "step \(step)")
                #expect(try owners(work) == wanted, "step \(step)")
                #expect(try work.danectl("verify", "signed/example.zone", "--at", time).status == 0)
                if status != 0 { try work.restore(before) }
            }
            #expect(step > 5 && step < 300)
        }
    }
}
