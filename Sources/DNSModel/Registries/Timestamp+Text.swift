extension Timestamp {
    /// Reads RFC 3339 (`2026-03-01T12:00:00Z`, with offset), `YYYYMMDDHHMMSS` (RFC 4034 §3.2), `YYYYMMDD`, or seconds
    /// since the epoch.
    ///
    /// Fourteen digits are a date and eight too; any other number of digits is seconds.
    public init?(text: some StringProtocol) {
        let octets = Array(text.utf8)
        if !octets.isEmpty, octets.allSatisfy({ (48...57).contains($0) }) {
            switch octets.count {
            case 14, 8:
                func number(_ range: Range<Int>) -> Int {
                    range.upperBound > octets.count ? 0 : octets[range].reduce(0) { $0 * 10 + Int($1 - 48) }
                }
                self.init(
                    year: number(0..<4), month: number(4..<6), day: number(6..<8),
                    hour: number(8..<10), minute: number(10..<12), second: number(12..<14))
            default:
                guard let seconds = Int64(text) else { return nil }
                self.init(rawValue: seconds)
            }
            return
        }
        self.init(rfc3339: octets)
    }

    /// A civil date and time in UTC, or `nil` when there is no such date. A leap second counts as the next second.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        self.init(rawValue: Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second))
    }

    private init?(rfc3339 octets: [UInt8]) {
        // 2026-03-01T12:00:00Z: fixed places, then an offset.
        guard octets.count >= 20, octets[4] == UInt8(ascii: "-"), octets[7] == UInt8(ascii: "-"),
            octets[10] == UInt8(ascii: "T") || octets[10] == UInt8(ascii: "t") || octets[10] == UInt8(ascii: " "),
            octets[13] == UInt8(ascii: ":"), octets[16] == UInt8(ascii: ":")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= octets.count, octets[range].allSatisfy({ (48...57).contains($0) }) else {
                return nil
            }
            return octets[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let local = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var index = 19
        if octets[index] == UInt8(ascii: ".") {
            index += 1
            while index < octets.count, (48...57).contains(octets[index]) { index += 1 }
        }
        guard index < octets.count else { return nil }
        let zone = octets[index]
        if zone == UInt8(ascii: "Z") || zone == UInt8(ascii: "z") {
            guard index + 1 == octets.count else { return nil }
            self = local
            return
        }
        guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), index + 6 == octets.count,
            octets[index + 3] == UInt8(ascii: ":"), let hours = number((index + 1)..<(index + 3)),
            let minutes = number((index + 4)..<(index + 6)), hours < 24, minutes < 60
        else { return nil }
        let offset = Int64(hours * 3_600 + minutes * 60)
        self.init(rawValue: local.rawValue + (zone == UInt8(ascii: "+") ? -offset : offset))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year, month, day, hour, minute and second in UTC.
    public var components: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let days = Int((Double(rawValue) / 86_400).rounded(.down))
        let secondOfDay = Int(rawValue) - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (
            year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60
        )
    }

    /// `YYYYMMDDHHMMSS` (RFC 4034 §3.2).
    public var compactFormat: String {
        let c = components
        return Self.padded(c.year, 4)
            + [c.month, c.day, c.hour, c.minute, c.second].map { Self.padded($0, 2) }.joined()
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC: `2026-03-01T12:00:00Z`.
    public var description: String {
        let c = components
        func two(_ value: Int) -> String { Self.padded(value, 2) }
        return
            "\(Self.padded(c.year, 4))-\(two(c.month))-\(two(c.day))T\(two(c.hour)):\(two(c.minute)):\(two(c.second))Z"
    }
}
