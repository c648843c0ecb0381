/// A date and time in UTC, as X.509 writes it.
struct CivilTime: Hashable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int

    /// The civil time of a number of seconds since 1970-01-01T00:00:00Z, proleptic Gregorian.
    init(secondsSinceEpoch seconds: Int64) {
        let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
        let secondOfDay = Int(seconds) - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        hour = secondOfDay / 3_600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
    }

    /// Reads the contents of a UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5): seconds given, in UTC.
    init?(derContent content: ArraySlice<UInt8>, isGeneralized: Bool) {
        let digitCount = isGeneralized ? 14 : 12
        guard content.count == digitCount + 1, content.last == UInt8(ascii: "Z") else { return nil }
        let digits = Array(content.dropLast())
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        func number(_ start: Int, _ count: Int) -> Int {
            digits[start..<(start + count)].reduce(0) { $0 * 10 + Int($1) - 48 }
        }
        let base = isGeneralized ? 4 : 2
        let short = number(0, base)
        year = isGeneralized ? short : (short < 50 ? 2000 + short : 1900 + short)
        month = number(base, 2)
        day = number(base + 2, 2)
        hour = number(base + 4, 2)
        minute = number(base + 6, 2)
        second = number(base + 8, 2)
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else {
            return nil
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    var secondsSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    }

    /// `YYYYMMDDHHMMSS` in ASCII.
    var digits: [UInt8] {
        var result: [UInt8] = []
        func append(_ value: Int, _ width: Int) {
            var divisor = 1
            for _ in 1..<width { divisor *= 10 }
            while divisor > 0 {
                result.append(48 + UInt8(value / divisor % 10))
                divisor /= 10
            }
        }
        append(year, 4)
        for part in [month, day, hour, minute, second] { append(part, 2) }
        return result
    }
}
