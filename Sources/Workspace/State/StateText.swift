import FoundationEssentials

extension StateFile {
    /// The `format` that a text names.
    static func format(of octets: [UInt8]) throws(StateFault) -> String {
        var scanner = JSONScanner(octets)
        var format: String?
        do throws(JSONScanner.Fault) {
            var members = try scanner.object()
            while format == nil, let name = try scanner.member(&members) {
                if name.elementsEqual("format".utf8) {
                    format = try scanner.text()
                } else {
                    try scanner.skipValue()
                }
            }
        } catch {
            throw StateFault(error, in: scanner)
        }
        guard let format else { throw .damaged(nil, "it is no JSON object with a 'format'") }
        return format
    }
}

extension StateFault {
    /// A fault of the text, with its line and column.
    init(_ fault: JSONScanner.Fault, in scanner: JSONScanner) {
        self = .damaged(scanner.place(of: fault.offset), fault.reason)
    }
}

extension CertificateState: StateFile {
    init(reading octets: [UInt8]) throws(StateFault) {
        let format = try Self.format(of: octets)
        guard format == Self.format else { throw .unknownVersion(format) }
        do { self = try JSONDecoder().decode(Self.self, from: Data(octets)) } catch { throw .damaged(nil, "\(error)") }
    }

    var text: [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) + [UInt8(ascii: "\n")] }
    }
}

extension ZoneState: StateFile {
    static let format = "danectl.zone-state/2"

    init(reading octets: [UInt8]) throws(StateFault) {
        switch try Self.format(of: octets) {
        case Self.format:
            do throws(JSONScanner.Fault) { try self.init(scanning: octets) } catch {
                throw StateFault(error, in: JSONScanner(octets))
            }
        case ZoneStateV1.format:
            do {
                self = try JSONDecoder().decode(ZoneStateV1.self, from: Data(octets)).state
            } catch {
                throw .damaged(nil, "\(error)")
            }
        case let other: throw .unknownVersion(other)
        }
    }

    var text: [UInt8]? { json }
}
