/// What each octet means to the reader of zone files, as a table (RFC 1035 §5.1).
///
/// A hot file: the tables are plain memory that lives as long as the process, so that no loop pays for a check.
enum OctetClasses {
    /// Neither special nor an upper-case letter.
    static let plain: UInt8 = 0
    /// An upper-case letter: as plain, but canonical form differs (RFC 4034 §6.2).
    static let upper: UInt8 = 0x80
    /// A space or a tab.
    static let blank: UInt8 = 1
    /// A line feed.
    static let lineFeed: UInt8 = 2
    /// A carriage return.
    static let carriageReturn: UInt8 = 3
    /// A dot, which ends a label.
    static let dot: UInt8 = 4
    /// A semicolon, which begins a comment.
    static let semicolon: UInt8 = 5
    /// Whatever only the slow path looks at: quotes, parentheses, the backslash, other control octets.
    static let special: UInt8 = 6

    /// The class of each octet, 256 of them.
    nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for octet in 0..<256 {
            table[octet] =
                switch octet {
                case 0x20, 0x09: blank
                case 0x0A: lineFeed
                case 0x0D: carriageReturn
                case 0x2E: dot
                case 0x3B: semicolon
                case 0x22, 0x28, 0x29, 0x5C: special
                case 0x41...0x5A: upper
                case 0x00..<0x20, 0x7F: special
                default: plain
                }
        }
        return UnsafePointer(table)
    }()

    /// The value of each hexadecimal digit, 0xFF for other octets.
    nonisolated(unsafe) static let hexValues = valueTable("0123456789ABCDEF", "0123456789abcdef")
    /// The value of each base32hex digit (RFC 4648 §7), 0xFF for other octets.
    nonisolated(unsafe) static let base32Values = valueTable(
        "0123456789ABCDEFGHIJKLMNOPQRSTUV", "0123456789abcdefghijklmnopqrstuv")
    /// The value of each base64 digit (RFC 4648 §4), 0xFF for other octets.
    nonisolated(unsafe) static let base64Values = valueTable(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "")

    private static func valueTable(_ digits: StaticString, _ sameDigits: StaticString) -> UnsafePointer<UInt8> {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: 0xFF, count: 256)
        for alphabet in [digits, sameDigits] {
            alphabet.withUTF8Buffer { octets in
                for (value, octet) in octets.enumerated() { table[Int(octet)] = UInt8(value) }
            }
        }
        return UnsafePointer(table)
    }
}
