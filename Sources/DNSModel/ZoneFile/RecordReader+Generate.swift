import Diagnostics

/// `$GENERATE start-stop[/step] owner [TTL] [class] type RDATA`, as BIND has it.
extension RecordReader {
    /// Makes and reads the records of the `$GENERATE` whose items are in `tokens`.
    mutating func generate(at start: Int) throws(EntryError) {
        let range = try generatedRange(tokens[1])
        let limit = context.options.limits.generatedRecords
        guard range.count <= limit - state.generatedRecords else {
            throw EntryError(
                .error(
                    "zonefile/generate-size", "$GENERATE makes \(range.count) records; the limit is \(limit) in all"),
                at: tokens[1].range.lowerBound)
        }
        guard !tokens[2].isQuoted else {
            throw EntryError(
                .error("zonefile/quoted-name", "found a quoted string; expected the owner of the records"),
                at: tokens[2].range.lowerBound - 1)
        }
        for index in 2..<tokens.count where !areOnOneLine(tokens[index - 1], tokens[index]) {
            throw EntryError(
                .error(
                    "zonefile/directive-usage", "found a parenthesis in '$GENERATE'; expected all of it on one line"),
                at: tokens[index - 1].range.upperBound + (tokens[index - 1].isQuoted ? 1 : 0))
        }
        // TTL and class stand as they are between owner and type; what comes after the type is RDATA.
        var typeIndex = 3
        while typeIndex < tokens.count, RRType(mnemonicOctets: view.octets(tokens[typeIndex].range)) == nil {
            typeIndex += 1
        }
        guard typeIndex + 1 < tokens.count else {
            throw EntryError(
                .error(
                    "zonefile/directive-usage",
                    "expected '$GENERATE start-stop[/step] owner [TTL] [class] type RDATA' with a type that is known"),
                at: tokens[3].range.lowerBound)
        }
        let owner = try template(tokens[2].range)
        let header = view.octets(tokens[3].range.lowerBound..<tokens[typeIndex].range.upperBound)
        let rdata = try template(generatedRDataRange(from: typeIndex + 1))

        state.generatedRecords += range.count
        let outer = (view: view, tokens: tokens, attribution: attribution, owner: state.ownerOffset)
        attribution = attribution ?? RecordPlace(file: Int32(truncatingIfNeeded: view.file), offset: start)
        defer {
            view = outer.view
            tokens = outer.tokens
            attribution = outer.attribution
            ownerText.length = 0
            if state.ownerOffset != outer.owner {
                state.ownerOffset = outer.owner
                ownerIndex = -1
            }
        }
        var line: [UInt8] = []
        for counter in range {
            line.removeAll(keepingCapacity: true)
            var isWritten = owner.append(counter, to: &line)
            line.append(0x20)
            line += header
            line.append(0x20)
            isWritten = rdata.append(counter, to: &line) && isWritten
            guard isWritten else {
                throw EntryError(
                    .error("zonefile/generate-range", "the counter is negative; only base 'd' can write it"),
                    at: outer.tokens[1].range.lowerBound)
            }
            line.append(0x0A)
            readGenerated(line)
            if stop != nil { return }
        }
    }

    /// Reads the text of one generated record.
    private mutating func readGenerated(_ line: [UInt8]) {
        let file = view.file
        line.withUnsafeBufferPointer { octets in
            guard let base = octets.baseAddress else { return }
            view = TextView(base: base, count: octets.count, slack: 0, file: file)
            ownerText.length = 0
            _ = readEntry(at: 0)
        }
    }

    /// Whether only blanks stand between two items.
    private func areOnOneLine(_ first: RDataToken, _ second: RDataToken) -> Bool {
        let gap =
            (first.range.upperBound + (first.isQuoted ? 1 : 0))..<(second.range.lowerBound - (second.isQuoted ? 1 : 0))
        return view.octets(gap).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// `start-stop` or `start-stop/step`.
    private func generatedRange(_ token: RDataToken) throws(EntryError) -> GenerateRange {
        let text = String(decoding: view.octets(token.range), as: UTF8.self)
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        let ends = (halves.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
        let steps = halves.count == 2 ? Self.counter(halves[1]) : 1
        guard halves.count <= 2, ends.count == 2, let start = Self.counter(ends[0]), let stop = Self.counter(ends[1]),
            let step = steps, step > 0, start <= stop
        else {
            throw EntryError(
                .error(
                    "zonefile/generate-range",
                    "found '\(view.excerpt(token.range))'; expected start-stop or start-stop/step, with decimal "
                        + "numbers up to 2147483647 and start not after stop"), at: token.range.lowerBound)
        }
        return GenerateRange(start: start, stop: stop, step: step)
    }

    private static func counter(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- 48 <= 9 }), let value = Int(text), value <= 0x7FFF_FFFF
        else { return nil }
        return value
    }

    /// Where the RDATA is: within the quotes of a single string, else all that is left of the line.
    private func generatedRDataRange(from first: Int) -> Range<Int> {
        let item = tokens[first]
        if tokens.count == first + 1 { return item.range }
        let last = tokens[tokens.count - 1]
        return (item.range.lowerBound - (item.isQuoted ? 1 : 0))..<(last.range.upperBound + (last.isQuoted ? 1 : 0))
    }

    private func template(_ range: Range<Int>) throws(EntryError) -> GenerateTemplate {
        do {
            return try GenerateTemplate(view.octets(range))
        } catch {
            throw EntryError(
                .error("zonefile/generate-template", error.reason), at: range.lowerBound + error.offset)
        }
    }
}

/// The values of a `$GENERATE` counter.
struct GenerateRange: Sequence {
    let start: Int
    let stop: Int
    let step: Int

    /// The number of values.
    var count: Int { (stop - start) / step + 1 }

    func makeIterator() -> StrideThrough<Int>.Iterator {
        stride(from: start, through: stop, by: step).makeIterator()
    }
}
