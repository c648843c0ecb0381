/// Writes the records of a zone as one JSON document, for programs that do not read zone files.
///
/// ```
/// {"format": 1, "apex": "example.", "class": "IN", "records": [
/// {"owner": "example.", "ttl": 3600, "type": "NS", "rdata": "ns1.example.", "rdataHex": "036e7331…"},
/// …
/// ]}
/// ```
///
/// `rdata` is in presentation format, `rdataHex` in wire format, names uncompressed. The order is the zone file's.
public enum ZoneJSONWriter {
    /// The version of the document's structure.
    public static let format = 1

    /// Writes a zone.
    ///
    /// - Parameters:
    ///   - omittedTypes: Types whose records are left out.
    ///   - sink: Takes the text piece by piece, in order, on the calling thread. What it throws stops the writing.
    public static func write<Failure: Error>(
        _ zone: Zone, omittedTypes: Set<RRType> = [], workers: Workers = .single,
        sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var head = TextBuffer()
        head.append("{\"format\": ")
        head.appendDecimal(UInt32(format))
        head.append(", \"apex\": ")
        appendString(to: &head) { text in
            zone.apex.wireFormat.withUnsafeBufferPointer { RDataPrinter.appendName($0, to: &text) }
        }
        head.append(", \"class\": \"")
        for octet in zone.rrClass.description.utf8 { head.append(octet) }
        head.append("\", \"records\": [")
        try sink(UnsafeRawBufferPointer(head.octets))
        // Each record begins with a comma; that of the first record of all is left out.
        var isFirst = true
        try zone.withView { view throws(Failure) in
            let text = ZoneText(view, first: zone.firstRecords, omitting: omittedTypes) { index, _, text in
                append(zone.records[index], of: zone, to: &text)
            }
            try text.write(workers: workers) { piece throws(Failure) in
                try sink(isFirst ? UnsafeRawBufferPointer(rebasing: piece[1...]) : piece)
                isFirst = false
            }
        }
        var end = TextBuffer()
        end.append("\n]}\n")
        try sink(UnsafeRawBufferPointer(end.octets))
    }

    private static func append(_ record: RecordEntry, of zone: Zone, to text: inout TextBuffer) {
        text.append(",\n{\"owner\": ")
        appendString(to: &text) { RDataPrinter.appendName(zone.nameOctets(of: record.owner), to: &$0) }
        text.append(", \"ttl\": ")
        text.appendDecimal(record.ttl.rawValue)
        text.append(", \"type\": \"")
        record.type.appendMnemonic(to: &text)
        text.append("\", \"rdata\": ")
        let rdata = zone.rdataOctets(of: record)
        appendString(to: &text) { RDataPrinter.append(record.type, rdata, to: &$0) }
        text.append(", \"rdataHex\": \"")
        Hex.append(rdata, to: &text)
        text.append("\"}")
    }

    /// Appends what `body` appends as a JSON string. Presentation format is printable ASCII: only quotes and backslashes
    /// need an escape.
    private static func appendString(to text: inout TextBuffer, _ body: (inout TextBuffer) -> Void) {
        text.append(UInt8(ascii: "\""))
        let start = text.count
        body(&text)
        var escapes = 0
        for octet in text.octets[start...] where octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") {
            escapes &+= 1
        }
        if escapes > 0 {
            let end = text.count
            _ = text.reserve(escapes)
            text.commit(escapes)
            // From the end, so that nothing is overwritten before it has moved.
            let octets = UnsafeMutableBufferPointer(mutating: text.octets)
            var target = text.count
            var index = end
            while index > start {
                index &-= 1
                target &-= 1
                octets[target] = octets[index]
                if octets[index] == UInt8(ascii: "\"") || octets[index] == UInt8(ascii: "\\") {
                    target &-= 1
                    octets[target] = UInt8(ascii: "\\")
                }
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
