import DNSModel

/// The SOA record of the unsigned zone, as signing sees it.
struct StartOfAuthority: Sendable {
    /// The record.
    let entry: RecordEntry
    private let rdata: [UInt8]
    /// Where SERIAL begins: the five numbers are the last twenty octets.
    private let serialOffset: Int

    /// Reads the record, or returns `nil` when it is no SOA record.
    init?(_ entry: RecordEntry, in zone: Zone) {
        rdata = zone.rdata(of: entry)
        guard rdata.count >= 22 else { return nil }
        serialOffset = rdata.count - 20
        self.entry = entry
    }

    /// SERIAL.
    var serial: Serial { Serial(rawValue: number(at: serialOffset)) }
    /// EXPIRE.
    var expire: UInt32 { number(at: serialOffset + 12) }
    /// MINIMUM, which is the TTL of negative answers (RFC 2308 §4).
    var minimum: UInt32 { number(at: serialOffset + 16) }

    /// The RDATA with another serial.
    func rdata(serial: Serial) -> [UInt8] {
        var result = rdata
        for index in 0..<4 {
            result[serialOffset + index] = UInt8(truncatingIfNeeded: serial.rawValue >> (24 - 8 * UInt32(index)))
        }
        return result
    }

    private func number(at offset: Int) -> UInt32 {
        rdata[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
