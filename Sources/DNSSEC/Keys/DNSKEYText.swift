public import DNSModel
public import Diagnostics

/// A DNSKEY record out of a text.
public struct DNSKEYRecord: Sendable, Hashable {
    /// The owner name.
    public var owner: DomainName
    /// The TTL, or `nil` when the text gives none.
    public var ttl: TTL?
    /// The key.
    public var dnskey: RData.DNSKEY
    /// Where it was read, or `nil` when it was not read from a file.
    public var location: SourceLocation?

    /// Joins the parts of a record.
    public init(owner: DomainName, ttl: TTL?, dnskey: RData.DNSKEY, location: SourceLocation?) {
        self.owner = owner
        self.ttl = ttl
        self.dnskey = dnskey
        self.location = location
    }
}

/// DNSKEY records in presentation format: a key file, what `dig DNSKEY` prints, or a whole zone file without includes.
///
/// Comments, parentheses and records of other types are passed over. Names without a final dot are relative to
/// `$ORIGIN`, the root unless the text sets it.
public enum DNSKEYText {
    /// Reads the records of one type; findings are `key/file-syntax` with line and column.
    ///
    /// - Parameters:
    ///   - octets: The text.
    ///   - file: Its name, for findings.
    ///   - type: DNSKEY, or CDNSKEY, which has the same form.
    public static func read(
        _ octets: [UInt8], file: String, type: RRType = .dnskey
    ) -> Diagnosed<[DNSKEYRecord]> {
        var records: [DNSKEYRecord] = []
        var findings: [Diagnostic] = []
        var lines = RecordLines(octets, file: file)
        var origin = DomainName.root
        var owner: DomainName?
        while let line = lines.next() {
            if let fault = line.fault {
                findings.append(.error(KeyRules.fileSyntax, at: fault.location, fault.message, .rfc(1035, "5.1")))
            }
            if let first = line.tokens.first, !line.startsWithBlank, first.text.first == "$" {
                if first.text.uppercased() == "$ORIGIN", line.tokens.count > 1,
                    let name = try? DomainName(line.tokens[1].text, origin: origin)
                {
                    origin = name
                }
                continue
            }
            do throws(LineFault) {
                guard let record = try Self.record(line, type, origin, &owner) else { continue }
                records.append(record)
            } catch {
                findings.append(.error(KeyRules.fileSyntax, at: error.location, error.message, .rfc(4034, "2.2")))
            }
        }
        return Diagnosed(records, findings)
    }

    /// The record of a line, or `nil` when it is of another type.
    private static func record(
        _ line: RecordLine, _ type: RRType, _ origin: DomainName, _ owner: inout DomainName?
    ) throws(LineFault) -> DNSKEYRecord? {
        var tokens = line.tokens[...]
        if !line.startsWithBlank, let first = tokens.popFirst() {
            // A line of another type may have any owner; only what becomes a record must be a name.
            owner = try? DomainName(first.text, origin: origin)
        }
        var ttl: TTL?
        while let token = tokens.first {
            let word = token.text.uppercased()
            if let seconds = UInt32(token.text), token.text.utf8.allSatisfy({ $0 &- 48 < 10 }) {
                ttl = TTL(seconds)
            } else if word == type.description || word == "TYPE\(type.rawValue)" {
                break
            } else if !["IN", "CH", "HS", "CLASS1"].contains(word), !isDuration(word) {
                return nil
            }
            tokens.removeFirst()
        }
        guard let typeToken = tokens.popFirst() else { return nil }
        guard let owner else { throw LineFault(typeToken.location, "the owner of the \(type) record is not a name") }
        return DNSKEYRecord(
            owner: owner, ttl: ttl, dnskey: try rdata(tokens, after: typeToken), location: typeToken.location)
    }

    /// Whether a word is a TTL with units, such as `1H30M`; its value does not matter to a key.
    private static func isDuration(_ word: String) -> Bool {
        word.utf8.first.map { $0 &- 48 < 10 } ?? false
            && word.utf8.allSatisfy { $0 &- 48 < 10 || "SMHDW".utf8.contains($0) }
    }

    private static func joined(_ tokens: ArraySlice<RecordToken>) -> String {
        tokens.reduce(into: "") { $0 += $1.text }
    }

    /// Flags, protocol, algorithm and the key in base 64, or the generic form (RFC 3597 §5).
    private static func rdata(
        _ tokens: ArraySlice<RecordToken>, after type: RecordToken
    ) throws(LineFault) -> RData.DNSKEY {
        guard tokens.count >= 4 || tokens.first?.text == "\\#" else {
            throw LineFault(type.location, "a DNSKEY has flags, protocol, algorithm and public key")
        }
        let start = tokens.startIndex
        if tokens[start].text == "\\#" {
            let octets = Hex.decode(joined(tokens.dropFirst(2)))
            guard tokens.count >= 2, let octets, Int(tokens[start + 1].text) == octets.count,
                let dnskey = try? RData.DNSKEY(wireFormat: octets)
            else { throw LineFault(tokens[start].location, "generic RDATA that is no DNSKEY") }
            return dnskey
        }
        guard let flags = UInt16(tokens[start].text) else {
            throw LineFault(tokens[start].location, "the flags must be a number up to 65535")
        }
        guard let protocolField = UInt8(tokens[start + 1].text) else {
            throw LineFault(tokens[start + 1].location, "the protocol must be a number up to 255")
        }
        guard let algorithm = SecurityAlgorithm(mnemonic: tokens[start + 2].text) else {
            throw LineFault(tokens[start + 2].location, "the algorithm must be a number up to 255 or a mnemonic")
        }
        guard let key = Base64.decode(joined(tokens.dropFirst(3))), !key.isEmpty else {
            throw LineFault(tokens[start + 3].location, "the public key is not base 64")
        }
        return RData.DNSKEY(flags: flags, protocolField: protocolField, algorithm: algorithm, publicKey: key)
    }
}
