/// The stable name of a rule, such as `zone/cname-and-other-data`.
///
/// Scripts and people refer to rules by these names, so a name that was published is never given another meaning.
/// `danectl explain` tells a rule's story; ``RuleCatalog`` holds them.
public struct RuleID: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name: a family and a rule, lower case, joined by a slash.
    public let name: String

    /// Creates the identifier from its name.
    public init(_ name: String) { self.name = name }

    /// Creates the identifier from a literal.
    public init(stringLiteral name: String) { self.name = name }

    /// The name.
    public var description: String { name }

    /// In alphabetical order.
    public static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}
