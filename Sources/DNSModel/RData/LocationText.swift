/// A place on the Earth in text: `42 21 54.000 N 71 06 18.000 W -24.00m 30.00m 10000.00m 10.00m` (RFC 1876 §3).
enum LocationText {
    /// Thousandths of a second of arc at a pole, and at the date line.
    private static let greatestLatitude: Int64 = 90 * 3_600_000
    private static let greatestLongitude: Int64 = 180 * 3_600_000
    /// The middle of the range of latitudes and longitudes: the equator, the prime meridian.
    private static let middle: Int64 = 1 << 31
    /// The reference altitude lies this many centimetres below the spheroid.
    private static let altitudeBase: Int64 = 10_000_000

    /// Appends everything of the record; `false` when text cannot say it.
    static func append(_ cursor: inout WireCursor, to text: inout TextBuffer) -> Bool {
        guard let version = cursor.uint8(), version == 0, let size = cursor.uint8(),
            let horizontal = cursor.uint8(), let vertical = cursor.uint8(), let latitude = cursor.uint32(),
            let longitude = cursor.uint32(), let altitude = cursor.uint32()
        else { return false }
        guard
            appendAngle(Int64(latitude) - middle, greatestLatitude, UInt8(ascii: "N"), UInt8(ascii: "S"), to: &text),
            appendAngle(
                Int64(longitude) - middle, greatestLongitude, UInt8(ascii: "E"), UInt8(ascii: "W"), to: &text)
        else { return false }
        appendMetres(Int64(altitude) - altitudeBase, to: &text)
        for precision in [size, horizontal, vertical] {
            // Mantissa and exponent; a zero is written in one way only.
            let mantissa = Int64(precision >> 4)
            let exponent = precision & 15
            guard mantissa <= 9, exponent <= 9, mantissa > 0 || exponent == 0 else { return false }
            text.append(UInt8(ascii: " "))
            appendMetres((0..<exponent).reduce(mantissa) { value, _ in value * 10 }, to: &text)
        }
        return true
    }

    private static func appendAngle(
        _ value: Int64, _ greatest: Int64, _ positive: UInt8, _ negative: UInt8, to text: inout TextBuffer
    ) -> Bool {
        let magnitude = abs(value)
        guard magnitude <= greatest else { return false }
        text.appendDecimal(UInt32(magnitude / 3_600_000))
        text.append(UInt8(ascii: " "))
        text.appendDecimal(UInt32(magnitude / 60_000 % 60), width: 2)
        text.append(UInt8(ascii: " "))
        text.appendDecimal(UInt32(magnitude / 1_000 % 60), width: 2)
        text.append(UInt8(ascii: "."))
        text.appendDecimal(UInt32(magnitude % 1_000), width: 3)
        text.append(UInt8(ascii: " "))
        text.append(value < 0 ? negative : positive)
        text.append(UInt8(ascii: " "))
        return true
    }

    private static func appendMetres(_ centimetres: Int64, to text: inout TextBuffer) {
        if centimetres < 0 { text.append(UInt8(ascii: "-")) }
        let magnitude = abs(centimetres)
        text.appendDecimal(UInt64(magnitude / 100))
        text.append(UInt8(ascii: "."))
        text.appendDecimal(UInt32(magnitude % 100), width: 2)
        text.append(UInt8(ascii: "m"))
    }

    // MARK: - Reading

    /// What is wrong, and in which of the tokens.
    struct Fault: Error {
        let token: Int
        let message: String
    }

    /// Reads all tokens and returns the sixteen octets.
    static func parse(_ tokens: [UnsafeBufferPointer<UInt8>]) throws(Fault) -> [UInt8] {
        var index = 0
        let latitude = try angle(tokens, &index, greatestLatitude, "NS", "latitude")
        let longitude = try angle(tokens, &index, greatestLongitude, "EW", "longitude")
        guard index < tokens.count else { throw Fault(token: index, message: "the altitude is missing") }
        guard let altitude = metres(tokens[index], signed: true), altitude >= -altitudeBase,
            altitude + altitudeBase <= Int64(UInt32.max)
        else {
            throw Fault(token: index, message: "expected an altitude from -100000.00m to 42849672.95m")
        }
        index += 1
        var precisions: [UInt8] = [0x12, 0x16, 0x13]
        let names = ["size", "horizontal precision", "vertical precision"]
        for place in 0..<3 where index < tokens.count {
            guard let value = metres(tokens[index], signed: false), value <= 9_000_000_000 else {
                throw Fault(token: index, message: "expected a \(names[place]) from 0.00m to 90000000.00m")
            }
            precisions[place] = precision(value)
            index += 1
        }
        guard index == tokens.count else {
            throw Fault(token: index, message: "nothing may follow the vertical precision")
        }
        var builder = RDataBuilder()
        builder.append(UInt8(0))
        builder.append(precisions)
        builder.append(UInt32(latitude + middle))
        builder.append(UInt32(longitude + middle))
        builder.append(UInt32(altitude + altitudeBase))
        return builder.octets
    }

    /// Degrees, perhaps minutes, perhaps seconds, and a letter.
    private static func angle(
        _ tokens: [UnsafeBufferPointer<UInt8>], _ index: inout Int, _ greatest: Int64, _ letters: String,
        _ name: String
    ) throws(Fault) -> Int64 {
        var value: Int64 = 0
        let units: [(weight: Int64, limit: Int64, digits: Int)] = [
            (3_600_000, greatest / 3_600_000, 0), (60_000, 59, 0), (1, 59_999, 3),
        ]
        for place in 0..<4 {
            guard index < tokens.count else { throw Fault(token: index, message: "the \(name) ends too early") }
            let token = tokens[index]
            if place > 0, token.count == 1, let letter = token.first,
                let direction = Array(letters.utf8).firstIndex(of: letter & 0xDF)
            {
                guard value <= greatest else { break }
                index += 1
                return direction == 0 ? value : -value
            }
            guard place < 3 else { break }
            guard let part = fixedPoint(token, digits: units[place].digits), part <= units[place].limit else { break }
            value += part * units[place].weight
            index += 1
        }
        throw Fault(
            token: min(index, tokens.count - 1),
            message:
                "expected a \(name): degrees up to \(greatest / 3_600_000), minutes and seconds below 60, then "
                + letters.map(String.init).joined(separator: " or "))
    }

    /// A number with up to `digits` decimals, as a multiple of the last one.
    private static func fixedPoint(_ text: some Collection<UInt8>, digits: Int) -> Int64? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= (digits > 0 ? 2 : 1), let whole = UInt32(decimalOctets: parts[0]) else { return nil }
        var value = Int64(whole)
        var decimals: [UInt8] = []
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].count <= digits else { return nil }
            decimals = Array(parts[1])
        }
        for place in 0..<digits {
            let digit = place < decimals.count ? decimals[place] &- 48 : 0
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    /// Centimetres of a number of metres with up to two decimals and perhaps an `m`.
    private static func metres(_ token: UnsafeBufferPointer<UInt8>, signed: Bool) -> Int64? {
        var rest = token[...]
        if let last = rest.last, last | 0x20 == UInt8(ascii: "m") { rest = rest.dropLast() }
        var isNegative = false
        if signed, let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        guard let value = fixedPoint(rest, digits: 2) else { return nil }
        return isNegative ? -value : value
    }

    /// Mantissa and exponent of a number of centimetres, cut down to one digit.
    private static func precision(_ centimetres: Int64) -> UInt8 {
        var mantissa = centimetres
        var exponent: UInt8 = 0
        while mantissa > 9 {
            mantissa /= 10
            exponent += 1
        }
        return UInt8(mantissa) << 4 | exponent
    }
}
