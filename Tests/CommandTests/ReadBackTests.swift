import Foundation
import Testing

/// What danectl writes, the readers of others take for the same.
@Suite("What is written, read back by others")
struct ReadBackTests {
    private static func fixture() throws -> [Substring] {
        let text = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: "\(Shell.repository)/Tests/Fixtures/every-type.zone")),
            as: UTF8.self)
        return text.split(separator: "\n")
    }

    /// The type of a record line of the fixture, and the first label of its owner; `nil` for the lines that all need.
    private static func record(_ line: Substring) -> (label: String, type: String)? {
        let fields = line.split(separator: " ", maxSplits: 2)
        guard fields.count == 3, fields[0].contains("-"), !fields[0].hasPrefix(";") else { return nil }
        return (String(fields[0]), String(fields[1]))
    }

    /// Expects a reader to read a file of ours, and what it prints to be the same zone.
    private func expectSame(_ file: String, _ reader: ForeignReader, in folder: TemporaryFolder) throws {
        let reading = try reader.read(file, in: folder)
        #expect(reading.isAccepted, "\(reading.messages.prefix(2000))")
        guard reading.isAccepted, let text = reading.text else { return }
        try folder.write(text, to: "theirs")
        let difference = try Shell.danectl(
            "diff", "--origin", "example", "--exit-code", file, "theirs", in: folder)
        #expect(difference.status == 0, "\(difference.errors)")
        #expect(difference.output.isEmpty, "\(difference.output)")
    }

    @Test("Records of all types that a reader knows", arguments: ForeignReader.allCases)
    func everyType(_ reader: ForeignReader) throws {
        let folder = try TemporaryFolder()
        let lines = try Self.fixture().filter { line in
            guard let (label, type) = Self.record(line) else { return true }
            return !reader.unknownTypes.contains(type) && reader.disagreements[label] == nil
        }
        #expect(lines.count > 60)
        try folder.write(lines.joined(separator: "\n") + "\n", to: "zone")
        let ours = try Shell.danectl("read", "zone", in: folder)
        #expect(ours.status == 0, "\(ours.errors)")
        try folder.write(ours.output, to: "ours")
        try expectSame("ours", reader, in: folder)
    }

    @Test("Types that a reader does not know, in the form for unknown types", arguments: ForeignReader.allCases)
    func generic(_ reader: ForeignReader) throws {
        let folder = try TemporaryFolder()
        let lines = try Self.fixture().filter { line in
            guard let (_, type) = Self.record(line) else { return true }
            return reader.unknownTypes.contains(type)
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "zone")
        let ours = try Shell.danectl("read", "--generic", "zone", in: folder)
        #expect(ours.status == 0, "\(ours.errors)")
        try folder.write(ours.output, to: "ours")
        try expectSame("ours", reader, in: folder)
    }

    @Test("A list of disagreements that is not longer than it must be", arguments: ForeignReader.allCases)
    func disagreements(_ reader: ForeignReader) throws {
        let records = try Self.fixture().compactMap(Self.record)
        #expect(reader.unknownTypes.isSubset(of: records.map(\.type)))
        #expect(Set(reader.disagreements.keys).isSubset(of: records.map(\.label)))
        for (label, reason) in reader.disagreements {
            let folder = try TemporaryFolder()
            let lines = try Self.fixture().filter { Self.record($0).map { $0.label == label } ?? true }
            try folder.write(lines.joined(separator: "\n") + "\n", to: "zone")
            try folder.write(try Shell.danectl("read", "zone", in: folder).output, to: "ours")
            let reading = try reader.read("ours", in: folder)
            guard reading.isAccepted, let text = reading.text else {
                #expect(!reading.isAccepted, "\(label): \(reason)")
                continue
            }
            try folder.write(text, to: "theirs")
            let difference = try Shell.danectl(
                "diff", "--origin", "example", "--exit-code", "ours", "theirs", in: folder)
            #expect(difference.status != 0, "\(label): \(reason)")
        }
    }
}
