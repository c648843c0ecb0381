import DNSModel
import DNSSEC
import Diagnostics
import Foundation
import Testing
import Workspace

/// Signing a file again by what has changed of the source's text: the file is that which reading all of it gives.
@Suite("Signing again by what has changed of the source")
struct SourceChangesTests {
    private static let now = Timestamp(1_767_225_600)

    /// A zone with a bit of everything that has to do with others: glue, targets in the zone, wildcards, names below names.
    private static func lines(_ count: Int) -> [String] {
        (0..<count).flatMap { number -> [String] in
            switch number % 6 {
            case 0: ["h\(number) A 192.0.2.\(number % 250)", "h\(number) A 198.51.100.\(number % 250)"]
            case 1: ["c\(number) NS ns.c\(number)", "c\(number) NS ns1", "ns.c\(number) A 192.0.2.\(number % 250)"]
            case 2:
                ["d\(number) NS ns.elsewhere.example.", "d\(number) DS 1 13 2 \(String(repeating: "ab", count: 32))"]
            case 3: ["m\(number) MX 10 h0", "m\(number) TXT \"number \(number)\""]
            case 4: ["_xmpp._tcp.x\(number) SRV 0 0 5222 h6", "*.x\(number) AAAA 2001:db8::\(number)"]
            default: ["a\(number) CNAME h0", "; a\(number)"]
            }
        }
    }

    private static func text(_ lines: [String], serial: Int = 1) -> String {
        """
        $ORIGIN example.org.
        $TTL 300
        @ SOA ns1 hostmaster \(serial) 7200 3600 604800 300
        @ NS ns1
        @ MX 10 h0
        ns1 A 192.0.2.1
        \(lines.joined(separator: "\n"))

        """
    }

    private static func job(
        _ laboratory: Laboratory, _ keys: [ZoneKey], _ denial: DenialOfExistence, at time: Timestamp,
        byChanges: Bool = true
    ) throws -> SigningJob {
        var parameters = SigningParameters.standard(now: time)
        parameters.denial = denial
        var job = SigningJob(
            source: "\(laboratory.path)/zone", origin: try DomainName("example.org"),
            allowsIncludesOutsideFolder: false,
            output: "\(laboratory.path)/signed", keys: keys, previous: nil, parameters: parameters,
            verification: .automatic, workers: Workers(2))
        job.resigningThreshold = 0
        job.outlining = (threshold: byChanges ? 0 : .max, blockSize: 512)
        return job
    }

    /// Ed25519 makes the same signature of the same message each time, so that files can be compared.
    private static func keys() throws -> [ZoneKey] {
        let apex = try DomainName("example.org")
        return try [KeyRole.ksk, .zsk].map { role in
            let request = KeyRequest(
                owner: apex, role: role, algorithm: .ed25519, bits: 0, ttl: nil, timing: KeyTiming())
            return try ZoneKey.generate(request, avoiding: [])
        }
    }

    private static func records(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix(";") }
    }

    /// What comes of a run.
    private struct Run {
        var records: [Substring] = []
        var file = ""
        var result: SigningResult?
        var diagnostics: [Diagnostic] = []
        var failure: Failure?
    }

    private static func run(_ job: SigningJob, _ laboratory: Laboratory) throws -> Run {
        var run = Run()
        do {
            let result = try job.run()
            run.result = result.value
            run.diagnostics = result.diagnostics
        } catch { run.failure = error }
        run.file = try laboratory.read("signed")
        run.records = records(run.file)
        return run
    }

    private static let denials: [DenialOfExistence] = [
        .nsec, .recommendedNSEC3, .nsec3(NSEC3Parameters(iterations: 0, salt: [], optOut: true)),
    ]

    /// One edit, of which some keep owners and types.
    private static func edit(_ lines: inout [String], using random: inout some RandomNumberGenerator) {
        let place = Int.random(in: 0..<lines.count, using: &random)
        let fields = lines[place].split(separator: " ", maxSplits: 2).map(String.init)
        let number = Int.random(in: 0..<250, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0: lines.remove(at: place)
        case 1: lines.insert("new\(number) A 192.0.2.1", at: place)
        case 2: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &random))
        case 3: lines[place] += " ; remark"
        case 4: lines[place] = lines[place].replacing("h", with: "H")
        case 5: if fields.count > 2 { lines[place] = "\(fields[0]) \(number) \(fields[1]) \(fields[2])" }
        case 6: lines.insert("; remark \(number)", at: place)
        default:
            guard fields.count > 2 else { return }
            switch fields[1] {
            case "A": lines[place] = "\(fields[0]) A 203.0.113.\(number)"
            case "AAAA": lines[place] = "\(fields[0]) AAAA 2001:db8:1::\(number)"
            case "TXT": lines[place] = "\(fields[0]) TXT \"\(String(repeating: "x", count: number))\""
            case "NS":
                lines[place] = "\(fields[0]) NS \(["ns1", "ns.elsewhere.example.", "h6", "nowhere", "a5"][number % 5])"
            case "DS": lines[place] = "\(fields[0]) DS \(number) 13 2 \(String(repeating: "cd", count: 32))"
            case "MX": lines[place] = "\(fields[0]) MX \(number) \(["h0", "h6", "a5", "nowhere", "."][number % 5])"
            case "SRV":
                lines[place] = "\(fields[0]) SRV 0 0 \(number) \(["h0", "h6", "a5", "nowhere", "."][number % 5])"
            case "CNAME": lines[place] = "\(fields[0]) CNAME h\(number)"
            default: return
            }
        }
    }

    @Test(
        "Whatever has changed, the file, the findings and the figures are those of reading all", arguments: denials,
        1...5)
    func changes(_ denial: DenialOfExistence, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        let old = Self.lines(120)
        try laboratory.write(Self.text(old), to: "zone")
        _ = try Self.job(laboratory, keys, denial, at: Self.now).run()
        let first = try laboratory.read("signed")
        #expect(first.contains("\n; danectl source "))
        var byChanges = 0
        for _ in 0..<15 {
            var lines = old
            for _ in 0..<Int.random(in: 0..<3, using: &random) { Self.edit(&lines, using: &random) }
            try laboratory.write(Self.text(lines, serial: Int.random(in: 1...2, using: &random)), to: "zone")
            let time = Self.now.advanced(by: 60)
            try laboratory.write(first, to: "signed")
            let expected = try Self.run(
                try Self.job(laboratory, keys, denial, at: time, byChanges: false), laboratory)
            try laboratory.write(first, to: "signed")
            let found = try Self.run(try Self.job(laboratory, keys, denial, at: time), laboratory)
            #expect(found.records == expected.records)
            #expect(found.diagnostics == expected.diagnostics)
            #expect(found.failure?.diagnostics == expected.failure?.diagnostics)
            #expect(found.result?.change == expected.result?.change)
            guard let one = found.result, var other = expected.result?.statistics else { continue }
            // Where not all is looked at, it is not known which of several signatures ends first.
            #expect((one.statistics.firstExpiration ?? .init(0)) <= (other.firstExpiration ?? .init(0)))
            other.firstExpiration = one.statistics.firstExpiration
            #expect(one.statistics == other)
            if one.isByChanges { byChanges += 1 }
            // And the next run has nothing to do, either way.
            let again = try Self.run(try Self.job(laboratory, keys, denial, at: time.advanced(by: 1)), laboratory)
            #expect(again.result?.change == .unchanged)
            #expect(again.file == found.file)
        }
        #expect(byChanges >= 3, "\(byChanges)")
    }

    @Test("One change after the other: what is remembered stays right", arguments: denials)
    func chain(_ denial: DenialOfExistence) throws {
        var random = SeededRandom(seed: 7)
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        var lines = Self.lines(240)
        try laboratory.write(Self.text(lines), to: "zone")
        var time = Self.now
        _ = try Self.job(laboratory, keys, denial, at: time).run()
        var byChanges = 0
        for _ in 0..<40 {
            time = time.advanced(by: 3_600)
            Self.edit(&lines, using: &random)
            try laboratory.write(Self.text(lines), to: "zone")
            let before = try laboratory.read("signed")
            let run = try Self.run(try Self.job(laboratory, keys, denial, at: time), laboratory)
            if run.result?.isByChanges == true { byChanges += 1 }
            // All that is remembered, but for the blocks' bounds, is what a look at the whole zone gives.
            try laboratory.write(before, to: "signed")
            let whole = try Self.run(
                try Self.job(laboratory, keys, denial, at: time, byChanges: false), laboratory)
            #expect(run.records == whole.records)
            try laboratory.write(run.file, to: "signed")
            if run.failure != nil {
                lines = Self.lines(240)
                continue
            }
            let zone = ZoneFileReader.read(
                ZoneFileSource(run.file, name: "signed"),
                options: ZoneFileOptions(origin: try DomainName("example.org")))
            let report = ZoneValidator.validate(
                try #require(zone.value), at: time,
                anchors: keys.filter { $0.dnskey.isSEP }.map { .dnskey($0.dnskey, of: try! DomainName("example.org")) })
            #expect(report.isValid, "\(report.diagnostics)")
        }
        #expect(byChanges >= 10, "\(byChanges)")
    }

    /// A zone signed and one address changed: whether a job takes the short way.
    private static func isByChanges(
        at age: Int64 = 60, _ change: (inout SigningJob, Laboratory) throws -> Void = { _, _ in }
    ) throws -> Bool {
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        var lines = Self.lines(120)
        try laboratory.write(Self.text(lines), to: "zone")
        _ = try Self.job(laboratory, keys, .recommendedNSEC3, at: Self.now).run()
        lines[0] = "h0 A 203.0.113.9"
        try laboratory.write(Self.text(lines), to: "zone")
        var job = try Self.job(laboratory, keys, .recommendedNSEC3, at: Self.now.advanced(by: age))
        try change(&job, laboratory)
        let before = try laboratory.read("signed")
        let run = try Self.run(job, laboratory)
        try laboratory.write(before, to: "signed")
        job.outlining.threshold = .max
        let whole = try Self.run(job, laboratory)
        #expect(run.records == whole.records)
        #expect(run.diagnostics == whole.diagnostics)
        // A new file that was begun in vain is gone.
        let files = try FileManager.default.contentsOfDirectory(atPath: laboratory.path)
        #expect(!files.contains { $0.contains("danectl-new") }, "\(files)")
        return try #require(run.result).isByChanges
    }

    @Test("Other keys, parameters or times, or a file that somebody has touched: all is read")
    func conditions() throws {
        #expect(try Self.isByChanges())
        #expect(try Self.isByChanges { job, _ in job.parameters.serialPolicy = .unixtime })
        #expect(try Self.isByChanges { job, _ in job.parameters.times.validity *= 2 })
        #expect(try Self.isByChanges { job, _ in job.verification = .full })
        #expect(try Self.isByChanges { job, _ in job.workers = .single })
        #expect(
            try Self.isByChanges { job, laboratory in
                try laboratory.write(try laboratory.read("signed"), to: "old")
                try laboratory.write("something else", to: "signed")
                job.previous = "\(laboratory.path)/old"
            })
        #expect(try !Self.isByChanges { job, _ in job.keys.append(try Self.keys()[1]) })
        #expect(try !Self.isByChanges { job, _ in job.parameters.denial = .nsec })
        #expect(try !Self.isByChanges { job, _ in job.parameters.maximumTTL = TTL(200) })
        #expect(try !Self.isByChanges { job, _ in job.parameters.zoneDigests = [.sha384] })
        #expect(try !Self.isByChanges { job, _ in job.parameters.parentSignal = .publish(digests: [.sha256]) })
        // A signature is due; the clock has gone back.
        #expect(try !Self.isByChanges(at: 7 * 86_400))
        #expect(try !Self.isByChanges(at: -60))
        for (old, new) in [
            ("\n; danectl block ", "\n; danectl blook "), ("\n; danectl source ", "\n; danectl source 9"),
            ("\tTXT\t\"number 3\"", "\tTXT\t\"number 4\""),
        ] {
            let isByChanges = try Self.isByChanges { _, laboratory in
                let text = try laboratory.read("signed")
                try laboratory.write(text.replacingOccurrences(of: old, with: new), to: "signed")
            }
            #expect(!isByChanges)
        }
    }

    @Test("Comments that tell nothing, or too much, are read as such")
    func comments() {
        let digest = String(repeating: "0123456789abcdef", count: 2)
        let source = "; danectl source 1 2 3 4 5 6 -7 \(digest) \(digest) \(digest)\n"
        let block = "; danectl block 8 0123456789abcdef \(digest) \(digest)\n"
        for text in [
            source + block, source, block, "", "\n", "; danectl source -0009223372036854775808 ",
            source.dropLast() + " ",
            source.replacing(" 2 ", with: " 99999999999999999999 ") + block, source + block + block,
            source + block.replacing("8", with: "-8"), source + block.dropLast(2),
        ] {
            #expect(Array(text.utf8).withUnsafeBytes { ProvenanceFuzzEntry.run($0) } == nil, "\(text)")
        }
    }

    @Test("A source that is written to while it is read is not remembered")
    func touched() throws {
        let laboratory = try Laboratory()
        let job = try Self.job(laboratory, try Self.keys(), .nsec, at: Self.now)
        for touches in [true, false] {
            try laboratory.write(Self.text(Self.lines(60)), to: "zone")
            _ = try job.run { step in
                if touches, step.hasPrefix("reading") { try? laboratory.write(Self.text(Self.lines(61)), to: "zone") }
            }
            #expect(try laboratory.read("signed").contains("; danectl source ") != touches)
        }
    }

    @Test("What adds to the source, or has something to be said about it, is not remembered")
    func notRemembered() throws {
        let laboratory = try Laboratory()
        let keys = try Self.keys()
        let name = try DomainName("h0.example.org")
        func isRemembered(_ lines: [String], _ change: (inout SigningJob) -> Void = { _ in }) throws -> Bool {
            try laboratory.write(Self.text(lines), to: "zone")
            if laboratory.exists("signed") { try laboratory.remove("signed") }
            var job = try Self.job(laboratory, keys, .nsec, at: Self.now)
            change(&job)
            _ = try job.run()
            return try laboratory.read("signed").contains("; danectl source ")
        }
        let lines = Self.lines(60)
        #expect(try isRemembered(lines))
        #expect(try !isRemembered(lines) { $0.outlining.threshold = 1 << 20 })
        #expect(try !isRemembered(lines) { $0.parameters.zoneDigests = [.sha384] })
        #expect(
            try !isRemembered(lines) {
                $0.additions = [
                    RRset(owner: name, type: .tlsa, ttl: TTL(60), rdata: [[3, 1, 1] + Array(repeating: 1, count: 32)])
                ]
            })
        for line in [
            "m3 MX 20 nowhere", "h0 60 A 192.0.2.3", "h1 0 A 192.0.2.3", "other.example. A 192.0.2.1", "@ TXT late",
        ] {
            #expect(try !isRemembered(lines + [line]), "\(line)")
        }
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
