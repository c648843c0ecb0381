import Diagnostics

/// `$ORIGIN`, `$TTL`, `$INCLUDE` and the way to `$GENERATE` (RFC 1035 §5.1, RFC 2308 §4).
extension RecordReader {
    /// Obeys the directive whose items are in `tokens`, and returns where the next entry begins.
    mutating func readDirective(at start: Int, end: Int) -> Int {
        let word = view.octets(tokens[0].range)
        do throws(EntryError) {
            if word.isSameWord("$ORIGIN") {
                try requireItems(2...2, usage: "$ORIGIN name")
                setOrigin(try domainName(tokens[1], what: "origin").wireFormat)
            } else if word.isSameWord("$TTL") {
                try requireItems(2...2, usage: "$TTL seconds")
                state.defaultTTL = try timeToLive(tokens[1])
            } else if word.isSameWord("$INCLUDE") || word.isSameWord("$GENERATE") {
                if isSpeculative {
                    stop = .needsContext
                    return start
                }
                if word.isSameWord("$INCLUDE") {
                    try requireItems(2...3, usage: "$INCLUDE file [origin]")
                    try include(at: start)
                } else {
                    try requireItems(
                        4...Int.max, usage: "$GENERATE start-stop[/step] owner [TTL] [class] type RDATA")
                    try generate(at: start)
                }
            } else {
                throw EntryError(
                    .error(
                        "zonefile/unknown-directive",
                        "found '\(view.excerpt(tokens[0].range))'; expected $ORIGIN, $TTL, $INCLUDE or $GENERATE",
                        .rfc(1035, "5.1"), hint: "an owner name that begins with '$' is written '\\$'"), at: start)
            }
        } catch {
            report(error.diagnostic, at: error.offset)
        }
        return end
    }

    private func requireItems(_ counts: ClosedRange<Int>, usage: String) throws(EntryError) {
        if tokens.count < counts.lowerBound {
            throw EntryError(
                .error("zonefile/directive-usage", "directive ends too early; expected '\(usage)'", .rfc(1035, "5.1")),
                at: tokens[tokens.count - 1].range.upperBound)
        }
        if tokens.count > counts.upperBound {
            let extra = tokens[counts.upperBound]
            throw EntryError(
                .error(
                    "zonefile/directive-usage",
                    "found '\(view.excerpt(extra.range))' after the directive; expected '\(usage)'",
                    .rfc(1035, "5.1")), at: extra.range.lowerBound)
        }
    }

    /// Reads an included file in the place of the `$INCLUDE` whose items are in `tokens`.
    ///
    /// "a $INCLUDE entry never changes the relative origin of the parent file, regardless of changes to the relative
    /// origin made within the included file" (RFC 1035 §5.1); neither does it change the current owner. A `$TTL` in
    /// the included file stays in force after it.
    private mutating func include(at start: Int) throws(EntryError) {
        let limits = context.options.limits
        let nameToken = tokens[1]
        let nameOffset = nameToken.range.lowerBound
        guard let path = unescaped(nameToken), !path.isEmpty else {
            throw EntryError(
                .error("zonefile/include-name", "the name of the included file is empty or not UTF-8"), at: nameOffset)
        }
        let origin = tokens.count == 3 ? try domainName(tokens[2], what: "origin").wireFormat : state.origin
        guard includeStack.count < limits.includeDepth else {
            throw EntryError(
                .error("zonefile/include-depth", "includes nest deeper than \(limits.includeDepth)"), at: start)
        }
        guard state.includedFiles < limits.includedFiles else {
            throw EntryError(
                .error("zonefile/include-count", "more than \(limits.includedFiles) files are included"), at: start)
        }
        guard let load = context.options.include else {
            throw EntryError(
                .error(
                    "zonefile/include-refused", "cannot include '\(path)': includes are not allowed here",
                    .rfc(1035, "5.1")), at: nameOffset)
        }
        let source: ZoneFileSource
        switch load(path, context.source(view.file).name) {
        case .success(let loaded): source = loaded
        case .failure(let refusal):
            throw EntryError(
                .error(
                    "zonefile/include-refused", "cannot include '\(path)': \(refusal.reason)", .rfc(1035, "5.1")),
                at: nameOffset)
        }
        guard !includeStack.contains(source.name), source.name != context.source(0).name else {
            throw EntryError(
                .error("zonefile/include-loop", "'\(source.name)' includes itself", .rfc(1035, "5.1")), at: nameOffset)
        }
        let outer = (view: view, origin: state.origin, owner: state.ownerOffset, tokens: tokens)
        state.includedFiles += 1
        includeStack.append(source.name)
        setOrigin(origin)
        readText(TextView(source, file: context.add(source)))
        includeStack.removeLast()
        view = outer.view
        tokens = outer.tokens
        setOrigin(outer.origin)
        if state.ownerOffset != outer.owner {
            state.ownerOffset = outer.owner
            ownerIndex = -1
        }
    }

    /// The text of an item with its escapes undone, or `nil` when it is not UTF-8.
    private func unescaped(_ token: RDataToken) -> String? {
        var octets: [UInt8] = []
        var index = token.range.lowerBound
        while index < token.range.upperBound {
            var octet = view.base[index]
            index += 1
            if octet == 0x5C, index < token.range.upperBound {
                octet = view.base[index]
                index += 1
                if octet &- 48 <= 9, index + 1 < token.range.upperBound {
                    let value =
                        Int(octet &- 48) * 100 + Int(view.base[index] &- 48) * 10 + Int(view.base[index + 1] &- 48)
                    octet = UInt8(truncatingIfNeeded: value)
                    index += 2
                }
            }
            octets.append(octet)
        }
        return String(validating: octets, as: UTF8.self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the octets are this word of ASCII letters, in any case.
    func isSameWord(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for index in 0..<count where asciiLowercased(self[index]) != asciiLowercased(word.utf8Start[index]) {
            return false
        }
        return true
    }
}
