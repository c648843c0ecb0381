import Diagnostics

/// The words of a zone file that are not RDATA: classes, durations, names as text.
enum ZoneFileMnemonics {
    /// A class by mnemonic or `CLASSn` (RFC 3597 §5), in any case.
    static func rrClass(_ text: UnsafeBufferPointer<UInt8>) -> RRClass? {
        guard (2...10).contains(text.count) else { return nil }
        let word = String(decoding: text, as: UTF8.self)
        if word.uppercased() == "CS" { return RRClass(rawValue: 2) }
        return RRClass(mnemonic: word)
    }

    /// What a duration turned out to be.
    enum Duration {
        case seconds(UInt64)
        /// The octet of the text that cannot be part of it.
        case malformed(at: Int)
    }

    /// A duration in seconds: digits, or groups of digits with a unit of `w d h m s` in any case, as `1w2d3h4m5s`.
    ///
    /// Values beyond 32 bits come back as some value beyond 32 bits.
    static func duration(_ text: UnsafeBufferPointer<UInt8>) -> Duration {
        var total: UInt64 = 0
        var value: UInt64 = 0
        var digits = 0
        var hasUnit = false
        let largest: UInt64 = 1 << 40
        for (index, octet) in text.enumerated() {
            if octet &- 48 <= 9 {
                value = min(value * 10 + UInt64(octet - 48), largest)
                digits += 1
                continue
            }
            let unit: UInt64
            switch octet | 0x20 {
            case UInt8(ascii: "w"): unit = 604_800
            case UInt8(ascii: "d"): unit = 86_400
            case UInt8(ascii: "h"): unit = 3_600
            case UInt8(ascii: "m"): unit = 60
            case UInt8(ascii: "s"): unit = 1
            default: return .malformed(at: index)
            }
            guard digits > 0 else { return .malformed(at: index) }
            total = min(total + value * unit, largest)
            value = 0
            digits = 0
            hasUnit = true
        }
        guard digits > 0 || hasUnit else { return .malformed(at: 0) }
        guard digits == 0 || !hasUnit else { return .malformed(at: text.count) }
        return .seconds(min(total + value, largest))
    }

    /// Whether a name as text ends in a dot that is not escaped.
    static func isAbsolute(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = text.last, last == 0x2E else { return false }
        var backslashes = 0
        while backslashes + 1 < text.count, text[text.count - 2 - backslashes] == 0x5C { backslashes += 1 }
        return backslashes % 2 == 0
    }
}

extension RecordReader {
    /// Reads an item as a TTL (RFC 2181 §8).
    func timeToLive(_ token: RDataToken) throws(EntryError) -> UInt32 {
        switch ZoneFileMnemonics.duration(view.octets(token.range)) {
        case .seconds(let seconds) where seconds <= 0x7FFF_FFFF:
            return UInt32(seconds)
        case .seconds:
            throw EntryError(
                .error(
                    "zonefile/ttl-range",
                    "TTL '\(view.excerpt(token.range))' is greater than 2147483647 seconds", .rfc(2181, "8")),
                at: token.range.lowerBound)
        case .malformed(let index):
            throw EntryError(
                .error(
                    "zonefile/bad-ttl",
                    "found '\(view.excerpt(token.range))'; expected a TTL in seconds or as 1w2d3h4m5s",
                    .rfc(1035, "5.1")), at: token.range.lowerBound + index)
        }
    }

    /// Reads an item as a domain name, relative to the origin.
    ///
    /// - Parameter what: What the name is, for messages.
    func domainName(_ token: RDataToken, what: String) throws(EntryError) -> DomainName {
        let text = view.octets(token.range)
        guard !token.isQuoted else {
            throw EntryError(
                .error(
                    "zonefile/quoted-name", "found a quoted string; expected the \(what) as a name without quotes",
                    .rfc(1035, "5.1")), at: token.range.lowerBound - 1)
        }
        if state.origin == nil, !ZoneFileMnemonics.isAbsolute(text) {
            throw EntryError(relativeName(in: "\(what) '\(view.excerpt(token.range))'"), at: token.range.lowerBound)
        }
        let origin = state.origin.map { DomainName(uncheckedWireFormat: $0) } ?? .root
        do {
            return try DomainName(presentation: Array(text)[...], origin: origin)
        } catch {
            let excerpt = view.excerpt(token.range)
            let (offset, fault): (Int, String) =
                switch error {
                case .empty: (0, "is empty")
                case .labelTooLong(let offset, let length):
                    (offset, "has a label of \(length) octets; a label has at most 63")
                case .emptyLabel(let offset): (offset, "has an empty label")
                case .nameTooLong(let length): (0, "is \(length) octets long in wire format; a name has at most 255")
                case .badEscape(let offset):
                    (offset, "has a bad escape; expected '\\' with a character or three digits of at most 255")
                case .truncated, .trailingOctets: (0, "is malformed")
                }
            throw EntryError(
                .error("zonefile/bad-name", "\(what) '\(excerpt)' \(fault)", .rfc(1035, "5.1"), .rfc(1035, "2.3.4")),
                at: token.range.lowerBound + max(0, min(offset, text.count)))
        }
    }

    /// The finding for a relative name where no origin is known.
    func relativeName(in place: String) -> Diagnostic {
        .error(
            "zonefile/no-origin", "relative name in \(place), but no origin is known", .rfc(1035, "5.1"),
            hint: "give the zone's name, put an '$ORIGIN' line first, or end the name in a dot")
    }
}
