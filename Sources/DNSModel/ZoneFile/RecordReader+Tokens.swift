import Diagnostics

/// Cuts one entry of a zone file into its items (RFC 1035 §5.1): over line ends where parentheses say so, with quoted
/// strings whole, without comments.
extension RecordReader {
    /// What came of cutting up an entry.
    struct EntryExtent {
        /// Whether the entry begins with a blank, which stands for the owner of the entry before.
        var beginsBlank: Bool
        /// Where the next entry begins.
        var end: Int
    }

    /// Cuts up the entry at `start` into `tokens`.
    ///
    /// - Returns: `nil` when the entry cannot be cut up. The finding has then been reported, and `resume` tells where
    ///   to go on: at the next line, or, when parentheses or quotes leave open where the entry ends, at the next line
    ///   that names an owner.
    mutating func scanEntry(at start: Int, resume: inout Int) -> EntryExtent? {
        tokens.removeAll(keepingCapacity: true)
        let limits = context.options.limits
        let beginsBlank = start < view.count && isBlank(view.base[start])
        var position = start
        var depth = 0
        var opening = start
        while true {
            guard position < view.count else {
                if depth == 0 { return EntryExtent(beginsBlank: beginsBlank, end: view.count) }
                reportUnclosed(at: opening, "before the end of the file")
                resume = nextOwnerLine(after: opening)
                return nil
            }
            if position &- start > limits.recordLength, depth > 0 || !tokens.isEmpty {
                if depth > 0 {
                    reportUnclosed(at: opening, "within \(limits.recordLength) octets")
                    resume = nextOwnerLine(after: opening)
                } else {
                    report(
                        .error(
                            "zonefile/record-too-long",
                            "record is longer than \(limits.recordLength) octets of text"), at: start)
                    resume = nextLine(after: position)
                }
                return nil
            }
            let octet = view.base[position]
            switch octet {
            case 0x20, 0x09:
                position &+= 1
            case 0x0A:
                position &+= 1
                if depth == 0 { return EntryExtent(beginsBlank: beginsBlank, end: position) }
            case 0x0D:
                position &+= 1
                if position < view.count, view.base[position] == 0x0A { position &+= 1 }
                if depth == 0 { return EntryExtent(beginsBlank: beginsBlank, end: position) }
            case 0x3B:
                while position < view.count, view.base[position] != 0x0A, view.base[position] != 0x0D {
                    if view.base[position] == 0 {
                        return reportOctetZero(at: position, depth: depth, resume: &resume)
                    }
                    position &+= 1
                }
            case 0x28:
                if depth == 0 { opening = position }
                depth &+= 1
                position &+= 1
                if depth > limits.parenthesesDepth {
                    report(
                        .error(
                            "zonefile/parentheses-depth", "parentheses nest deeper than \(limits.parenthesesDepth)",
                            .rfc(1035, "5.1")), at: position - 1)
                    resume = nextOwnerLine(after: position)
                    return nil
                }
            case 0x29:
                guard depth > 0 else {
                    report(
                        .error(
                            "zonefile/stray-parenthesis", "found ')' without '(' before it", .rfc(1035, "5.1"),
                            hint: "write '\\)' for a parenthesis that belongs to the data"), at: position)
                    resume = nextLine(after: position)
                    return nil
                }
                depth &-= 1
                position &+= 1
            case 0:
                return reportOctetZero(at: position, depth: depth, resume: &resume)
            default:
                let isQuoted = octet == 0x22
                let end = isQuoted ? endOfQuoted(from: position + 1) : endOfItem(from: position)
                if end < 0 {
                    reportBadItem(from: position, isQuoted: isQuoted)
                    let fault = -1 - end
                    resume = depth == 0 ? nextLine(after: fault) : nextOwnerLine(after: fault)
                    return nil
                }
                tokens.append(RDataToken(range: (isQuoted ? position + 1 : position)..<end, isQuoted: isQuoted))
                position = isQuoted ? end &+ 1 : end
            }
        }
    }

    /// Where the closing quote is, or `-1 - fault` with the octet at which the string cannot go on.
    private func endOfQuoted(from start: Int) -> Int {
        var position = start
        while position < view.count {
            switch view.base[position] {
            case 0x22: return position
            case 0x0A, 0x0D, 0: return -1 &- position
            case 0x5C:
                position &+= 1
                guard position < view.count else { return -1 &- position }
                if view.base[position] == 0x0A || view.base[position] == 0x0D || view.base[position] == 0 {
                    return -1 &- position
                }
                position &+= 1
            default: position &+= 1
            }
        }
        return -1 &- position
    }

    /// Where an unquoted item ends, or `-1 - fault` with the octet at which it cannot go on.
    private func endOfItem(from start: Int) -> Int {
        var position = start
        while position < view.count {
            switch view.base[position] {
            case 0x20, 0x09, 0x0A, 0x0D, 0x3B, 0x28, 0x29, 0x22: return position
            case 0: return -1 &- position
            case 0x5C:
                position &+= 1
                guard position < view.count else { return -1 &- position }
                if view.base[position] == 0x0A || view.base[position] == 0x0D || view.base[position] == 0 {
                    return -1 &- position
                }
                position &+= 1
            default: position &+= 1
            }
        }
        return position
    }

    private func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    // MARK: Where to go on

    /// The line after the one that `start` is in.
    func nextLine(after start: Int) -> Int {
        var position = start
        while position < view.count {
            let octet = view.base[position]
            position &+= 1
            if octet == 0x0A { return position }
            if octet == 0x0D {
                return position < view.count && view.base[position] == 0x0A ? position &+ 1 : position
            }
        }
        return position
    }

    /// The next line after the one that `start` is in that begins with an owner or a directive.
    func nextOwnerLine(after start: Int) -> Int {
        var position = nextLine(after: start)
        while position < view.count {
            switch view.base[position] {
            case 0x20, 0x09, 0x0A, 0x0D, 0x29, 0x3B, 0x22, 0: position = nextLine(after: position)
            default: return position
            }
        }
        return position
    }

    // MARK: Findings

    private mutating func reportUnclosed(at opening: Int, _ extent: String) {
        report(
            .error(
                "zonefile/unclosed-parenthesis", "'(' is not closed \(extent)", .rfc(1035, "5.1"),
                hint: "add the ')' that ends this record"), at: opening)
    }

    private mutating func reportOctetZero(at position: Int, depth: Int, resume: inout Int) -> EntryExtent? {
        report(
            .error(
                "zonefile/nul-octet", "found a NUL octet: this is not, or not only, text", .rfc(1035, "5.1"),
                hint: "write '\\000' where the data has a zero octet"), at: position)
        resume = depth == 0 ? nextLine(after: position) : nextOwnerLine(after: position)
        return nil
    }

    private mutating func reportBadItem(from start: Int, isQuoted: Bool) {
        let end = isQuoted ? endOfQuoted(from: start + 1) : endOfItem(from: start)
        let fault = -1 - end
        if fault < view.count, view.base[fault] == 0 {
            var ignored = 0
            _ = reportOctetZero(at: fault, depth: 0, resume: &ignored)
        } else if fault > start, view.base[fault - 1] == 0x5C, !isQuoted || !isEvenBackslashes(before: fault) {
            report(
                .error(
                    "zonefile/dangling-backslash", "found '\\' at the end of the line; expected a character after it",
                    .rfc(1035, "5.1")), at: fault - 1)
        } else {
            report(
                .error(
                    "zonefile/unclosed-quote", "quoted string is not closed before the end of the line",
                    .rfc(1035, "5.1"),
                    hint: "close the string with '\"', and go on in another string on the next line"), at: start)
        }
    }

    /// Whether an even number of backslashes stands before `position`, so that the last one is itself escaped.
    private func isEvenBackslashes(before position: Int) -> Bool {
        var count = 0
        while position - count > 0, view.base[position - count - 1] == 0x5C { count += 1 }
        return count % 2 == 0
    }
}
