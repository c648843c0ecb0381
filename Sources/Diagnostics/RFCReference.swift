/// A section of an RFC that a rule rests on.
public struct RFCReference: Sendable, Hashable {
    /// The RFC's number.
    public let number: Int
    /// The section, as `3.1.2`, or empty for the whole document.
    public let section: String

    /// A reference to `section` of RFC `number`.
    public static func rfc(_ number: Int, _ section: String = "") -> Self {
        Self(number: number, section: section)
    }
}

extension RFCReference: CustomStringConvertible {
    /// `RFC 4034 §6.1`.
    public var description: String {
        section.isEmpty ? "RFC \(number)" : "RFC \(number) §\(section)"
    }
}
