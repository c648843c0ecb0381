/// Durations as operators write them, in seconds.
public enum DurationText {
    /// Reads `90d`, `1h30m`, `2w`, `P30D`, `PT1H30M` or plain seconds.
    ///
    /// A month is not a number of seconds and is refused; so is anything that overflows or is negative.
    ///
    /// - Returns: Whole seconds, or `nil` when the text is not a duration.
    public static func seconds(_ text: some StringProtocol) -> Int64? {
        var octets = Array(text.utf8)[...]
        var isISO = false
        if octets.first == UInt8(ascii: "P") || octets.first == UInt8(ascii: "p") {
            isISO = true
            octets = octets.dropFirst()
        }
        var total: Int64 = 0
        var number: Int64?
        var sawAny = false
        var inTime = !isISO
        for octet in octets {
            switch octet {
            case 48...57:
                let (product, overflowed) = (number ?? 0).multipliedReportingOverflow(by: 10)
                let (sum, carried) = product.addingReportingOverflow(Int64(octet - 48))
                if overflowed || carried { return nil }
                number = sum
            case UInt8(ascii: "T"), UInt8(ascii: "t"):
                guard isISO, !inTime, number == nil else { return nil }
                inTime = true
            default:
                guard let count = number, let unit = unit(octet | 0x20, inTime: inTime, isISO: isISO) else {
                    return nil
                }
                let (product, overflowed) = count.multipliedReportingOverflow(by: unit)
                let (sum, carried) = total.addingReportingOverflow(product)
                if overflowed || carried { return nil }
                total = sum
                number = nil
                sawAny = true
            }
        }
        if let rest = number {
            guard !isISO, !sawAny else { return nil }
            return rest
        }
        return sawAny ? total : nil
    }

    private static func unit(_ letter: UInt8, inTime: Bool, isISO: Bool) -> Int64? {
        switch letter {
        case UInt8(ascii: "w"): isISO && inTime ? nil : 604_800
        case UInt8(ascii: "d"): isISO && inTime ? nil : 86_400
        case UInt8(ascii: "h"): inTime ? 3_600 : nil
        case UInt8(ascii: "m"): inTime ? 60 : nil
        case UInt8(ascii: "s"): inTime ? 1 : nil
        default: nil
        }
    }

    /// The shortest way to write a number of seconds: `1d12h`, `90m` as `1h30m`, `0s`.
    public static func text(_ seconds: Int64) -> String {
        if seconds == 0 { return "0s" }
        var rest = seconds.magnitude
        var text = seconds < 0 ? "-" : ""
        for (letter, size) in [("d", UInt64(86_400)), ("h", 3_600), ("m", 60), ("s", 1)] where rest >= size {
            text += "\(rest / size)\(letter)"
            rest %= size
        }
        return text
    }
}
