import Diagnostics

/// Turns octets of files into lines and columns, once, when reading is over.
struct LineFinder {
    private let source: ZoneFileSource
    private var position = 0
    private var line = 1
    private var lineStart = 0

    init(_ source: ZoneFileSource) { self.source = source }

    /// The place of an octet. Asking in ascending order costs one walk over the text.
    mutating func location(of offset: Int) -> SourceLocation {
        guard offset >= 0 else { return SourceLocation(file: source.name) }
        let base = source.octets.start
        let wanted = min(offset, source.octets.count)
        if wanted < lineStart { self = LineFinder(source) }
        if position < lineStart { position = lineStart }
        while position < wanted {
            let octet = base[position]
            position &+= 1
            // A line ends at LF, CR LF or CR alone.
            let endsLine =
                octet == 0x0A || (octet == 0x0D && !(position < source.octets.count && base[position] == 0x0A))
            if endsLine {
                line &+= 1
                lineStart = position
            }
        }
        return SourceLocation(file: source.name, line: line, column: wanted - lineStart + 1)
    }

    /// The findings with their places.
    static func diagnostics(of findings: [Finding], in sources: [ZoneFileSource]) -> [Diagnostic] {
        var finders: [Int: LineFinder] = [:]
        return findings.map { finding in
            var finder = finders[finding.file] ?? LineFinder(sources[finding.file])
            var diagnostic = finding.diagnostic
            diagnostic.location = finder.location(of: finding.offset)
            finders[finding.file] = finder
            return diagnostic
        }
    }
}
