/// How a zone file is written.
public struct ZoneFileStyle: Sendable, Hashable {
    /// How types and RDATA are written.
    public enum Form: Sendable, Hashable {
        /// As people read them: `MX 10 mail.example.`.
        case presentation
        /// As every reader can, whatever it knows of the type (RFC 3597 §5): `TYPE15 \# 4 000a00…`.
        case generic
    }

    /// How types and RDATA are written.
    public var form: Form
    /// Whether DNSKEY records end in a comment with key tag, role and size, as ldns writes it.
    public var commentsOnKeys: Bool
    /// Types whose records are left out.
    public var omittedTypes: Set<RRType>

    /// Creates a style.
    public init(form: Form, commentsOnKeys: Bool, omittedTypes: Set<RRType>) {
        self.form = form
        self.commentsOnKeys = commentsOnKeys
        self.omittedTypes = omittedTypes
    }

    /// As people read it, with comments on keys.
    public static let presentation = Self(form: .presentation, commentsOnKeys: true, omittedTypes: [])
    /// In RFC 3597's form, without comments.
    public static let generic = Self(form: .generic, commentsOnKeys: false, omittedTypes: [])
}
