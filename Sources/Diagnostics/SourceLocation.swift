/// A place in an input file that a person can open in an editor.
///
/// Lines and columns count from 1; a column counts octets, as editors and compilers do for ASCII. Zero means
/// "not known": a diagnostic about a whole file has line 0.
public struct SourceLocation: Sendable, Hashable, Comparable {
    /// The path as the user gave it, or `<stdin>`.
    public let file: String
    /// The line, from 1; 0 when the diagnostic is about the whole file.
    public let line: Int
    /// The column in octets, from 1; 0 when the diagnostic is about the whole line.
    public let column: Int

    /// Creates a location.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// By file, then line, then column.
    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `file:line:column`, leaving out what is not known.
    public var description: String {
        if line == 0 { return file }
        return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    }
}
