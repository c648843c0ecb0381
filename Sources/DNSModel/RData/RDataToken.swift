/// One item of a record's RDATA in a zone file: a run of characters or a quoted string (RFC 1035 §5.1).
package struct RDataToken: Sendable, Hashable {
    /// The place of its octets in the text, without quotes, with escapes as written.
    package var range: Range<Int>
    /// Whether it stood in double quotes.
    package var isQuoted: Bool

    package init(range: Range<Int>, isQuoted: Bool) {
        self.range = range
        self.isQuoted = isQuoted
    }
}

/// Why the RDATA of a record is not what its type wants. The reader turns `offset` into line and column.
package struct RDataError: Error, Sendable, Hashable {
    /// The octet of the text where the fault is.
    package var offset: Int
    /// The rule that was broken: `rdata/…`.
    package var rule: String
    /// What was found and expected, naming the field: lower case, no final period.
    package var message: String

    package init(at offset: Int, _ rule: String, _ message: String) {
        self.offset = offset
        self.rule = rule
        self.message = message
    }
}
