/// Internationalized names in the form that DNS and certificates use: A-labels (RFC 5890, RFC 3492).
///
/// Letters are brought to lower case and labels to Punycode. Mapping and validity beyond that (RFC 5891) are left to
/// whoever registers names: a name that was registered is compared, not judged.
package enum IDNA {
    /// The name with each label that is not ASCII as an A-label, in lower case, without a final dot.
    package static func asciiForm(_ name: String) -> String {
        var name = name
        if name.hasSuffix(".") { name.removeLast() }
        return name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            label.utf8.allSatisfy { $0 < 0x80 }
                ? String(label) : "xn--" + punycode(Array(label.unicodeScalars.map(\.value)))
        }.joined(separator: ".")
    }

    /// Punycode (RFC 3492 §6.3) of code points.
    private static func punycode(_ input: [UInt32]) -> String {
        var output = input.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
        let basic = output.count
        var handled = basic
        if basic > 0 { output.append(UInt8(ascii: "-")) }
        var next: UInt32 = 128
        var delta: UInt64 = 0
        var bias: UInt64 = 72
        while handled < input.count {
            guard let minimum = input.filter({ $0 >= next }).min() else { break }
            delta += UInt64(minimum - next) * UInt64(handled + 1)
            next = minimum
            for point in input {
                if point < next { delta += 1 }
                guard point == next else { continue }
                var quotient = delta
                var base: UInt64 = 36
                while true {
                    let threshold = base <= bias ? 1 : (base >= bias + 26 ? 26 : base - bias)
                    if quotient < threshold { break }
                    output.append(digit(threshold + (quotient - threshold) % (36 - threshold)))
                    quotient = (quotient - threshold) / (36 - threshold)
                    base += 36
                }
                output.append(digit(quotient))
                bias = adapted(delta, handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func digit(_ value: UInt64) -> UInt8 {
        value < 26 ? 97 + UInt8(truncatingIfNeeded: value) : 22 + UInt8(truncatingIfNeeded: value)
    }

    private static func adapted(_ delta: UInt64, _ points: Int, isFirst: Bool) -> UInt64 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / UInt64(points)
        var steps: UInt64 = 0
        while delta > 455 {
            delta /= 35
            steps += 36
        }
        return steps + 36 * delta / (delta + 38)
    }
}
