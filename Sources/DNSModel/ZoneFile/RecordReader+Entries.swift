import Diagnostics

/// The slow path: any entry, item by item, with everything that can be wrong with it.
extension RecordReader {
    /// Reads the entry at `start`, and returns where the next one begins; `start` itself when reading must stop before
    /// it, with ``stop`` telling why.
    mutating func readEntry(at start: Int) -> Int {
        var resume = start
        guard let extent = scanEntry(at: start, resume: &resume) else { return max(resume, start + 1) }
        guard let first = tokens.first else { return extent.end }
        if !extent.beginsBlank, !first.isQuoted, first.range.lowerBound == start, view.base[start] == 0x24 {
            return readDirective(at: start, end: extent.end)
        }
        if let error = readRecord(at: start, beginsBlank: extent.beginsBlank) {
            if stop == .needsContext { return start }
            report(error.diagnostic, at: error.offset)
        }
        return stop == .needsContext ? start : extent.end
    }

    /// What is wrong with an entry, and where.
    struct EntryError: Error {
        var diagnostic: Diagnostic
        var offset: Int

        init(_ diagnostic: Diagnostic, at offset: Int) {
            self.diagnostic = diagnostic
            self.offset = offset
        }
    }

    /// Reads the record whose items are in `tokens`.
    private mutating func readRecord(at start: Int, beginsBlank: Bool) -> EntryError? {
        do throws(EntryError) {
            // 1. The owner.
            var next = 0
            if beginsBlank {
                guard state.ownerOffset != nil else {
                    if isSpeculative {
                        stop = .needsContext
                        return nil
                    }
                    throw EntryError(
                        .error(
                            "zonefile/no-owner", "the first record of the file begins with a blank: it has no owner",
                            .rfc(1035, "5.1"), hint: "write the owner name, or '@' for the origin, in column 1"),
                        at: tokens[0].range.lowerBound)
                }
            } else {
                try setOwner(tokens[0])
                next = 1
            }
            // 2. TTL, class, type.
            let header = try readHeader(from: &next, owner: beginsBlank ? nil : tokens[0])
            // 3. The RDATA.
            try parseRData(header.type, from: next, typeToken: tokens[next - 1])
            // 4. The TTL that was not stated.
            guard let ttl = try resolveTTL(header, at: start) else { return nil }
            // 5. All of it is good: keep it.
            try keep(header.type, ttl: ttl, at: start)
            return nil
        } catch {
            return error
        }
    }

    /// What stands between owner and RDATA.
    private struct Header {
        var ttl: UInt32?
        var type: RRType
    }

    /// Makes `token` the owner of this record and of those that follow without one.
    private mutating func setOwner(_ token: RDataToken) throws(EntryError) {
        let name = try domainName(token, what: "owner")
        if let offset = state.ownerOffset, ownerIndex >= 0,
            context.store.nameOctets(at: offset).elementsEqual(name.wireFormat)
        {
            return
        }
        do {
            state.ownerOffset = try writer.append(name.wireFormat)
        } catch {
            throw storeFull()
        }
        ownerIndex = -1
        ownerText.length = 0
    }

    /// Reads TTL, class and type; `next` becomes the index of the first RDATA item.
    private mutating func readHeader(from next: inout Int, owner: RDataToken?) throws(EntryError) -> Header {
        var ttl: UInt32?
        var hasClass = false
        while next < tokens.count {
            let token = tokens[next]
            let text = view.octets(token.range)
            next += 1
            if token.isQuoted || text.isEmpty {
                throw EntryError(
                    .error(
                        "zonefile/missing-type", "found a quoted string; expected a TTL, a class or a type",
                        .rfc(1035, "5.1")), at: token.range.lowerBound - 1)
            }
            if text[0] &- 48 <= 9 {
                guard ttl == nil else {
                    throw EntryError(
                        .error(
                            "zonefile/duplicate-ttl",
                            "found '\(view.excerpt(token.range))' after a TTL; expected a class or a type",
                            .rfc(1035, "5.1")), at: token.range.lowerBound)
                }
                ttl = try timeToLive(token)
                continue
            }
            if let type = RRType(mnemonicOctets: text) {
                guard !type.isMetaType else {
                    throw EntryError(
                        .error(
                            "zonefile/meta-type", "type \(type) belongs to queries and messages, not to zones",
                            .rfc(6895, "3.1")), at: token.range.lowerBound)
                }
                if state.rrClass == nil { state.rrClass = .in }
                return Header(ttl: ttl, type: type)
            }
            guard let rrClass = ZoneFileMnemonics.rrClass(text) else { throw unknownWord(token, owner: owner) }
            guard !hasClass else {
                throw EntryError(
                    .error(
                        "zonefile/duplicate-class",
                        "found class '\(view.excerpt(token.range))' after a class; expected a type",
                        .rfc(1035, "5.1")), at: token.range.lowerBound)
            }
            hasClass = true
            if let zoneClass = state.rrClass, zoneClass != rrClass {
                throw EntryError(
                    .error(
                        "zonefile/mixed-classes", "class \(rrClass) in a zone of class \(zoneClass)",
                        .rfc(1035, "5.2"), hint: "a zone file holds records of one class only"),
                    at: token.range.lowerBound)
            }
            state.rrClass = rrClass
        }
        throw EntryError(
            .error(
                "zonefile/missing-type", "record ends before its type", .rfc(1035, "5.1"),
                hint: owner == nil ? nil : "a line that begins in column 1 begins with an owner name"),
            at: tokens.last.map { $0.range.upperBound } ?? 0)
    }

    private func unknownWord(_ token: RDataToken, owner: RDataToken?) -> EntryError {
        let word = view.excerpt(token.range)
        var hint: String?
        if let owner, RRType(mnemonicOctets: view.octets(owner.range)) != nil {
            hint = "'\(view.excerpt(owner.range))' in column 1 is taken as the owner; begin the line with a blank"
        } else if word.contains(".") {
            hint = "a name where a type should be: is the type missing, or a comment without ';'?"
        }
        return EntryError(
            .error(
                "zonefile/unknown-type", "found '\(word)'; expected a TTL, a class or a type that is known",
                .rfc(1035, "5.1"), .rfc(3597, "5"), hint: hint), at: token.range.lowerBound)
    }

    /// Parses the RDATA items from index `first` on into `rdata`.
    private mutating func parseRData(_ type: RRType, from first: Int, typeToken: RDataToken) throws(EntryError) {
        let items = Array(tokens[first...])
        do {
            try parse(type, items, origin: state.origin.map { DomainName(uncheckedWireFormat: $0) } ?? .root)
            if state.origin == nil {
                // Whatever depends on the origin differs when it is another one.
                let withRoot = rdata
                try parse(type, items, origin: Self.someOrigin)
                if rdata != withRoot {
                    let item = items.first { !$0.isQuoted && !ZoneFileMnemonics.isAbsolute(view.octets($0.range)) }
                    throw EntryError(
                        relativeName(in: "\(type) record"), at: (item ?? typeToken).range.lowerBound)
                }
            }
        } catch let error as RDataError {
            let offset = items.isEmpty ? typeToken.range.lowerBound : max(0, min(error.offset, view.count))
            throw EntryError(.error(RuleID(error.rule), error.message), at: offset)
        } catch let error as EntryError {
            throw error
        } catch {
            throw EntryError(.error("rdata/syntax", "\(error)"), at: typeToken.range.upperBound)
        }
        guard rdata.count <= 65_535 else {
            throw EntryError(
                .error(
                    "rdata/too-long", "RDATA of \(rdata.count) octets; a record holds at most 65535",
                    .rfc(1035, "3.2.1")), at: typeToken.range.lowerBound)
        }
    }

    /// The name that stands in for an unknown origin, to see whether RDATA depends on it.
    private static let someOrigin = DomainName(uncheckedWireFormat: [1, 0x78, 0])

    private mutating func parse(_ type: RRType, _ items: [RDataToken], origin: DomainName) throws(RDataError) {
        rdata.removeAll(keepingCapacity: true)
        let text = UnsafeBufferPointer(start: view.base, count: view.count)
        try RDataParser.parse(type, tokens: items, text: text, origin: origin, into: &rdata)
    }

    /// The TTL of a record, by what was stated, by `$TTL`, by the record before, or by the SOA; `nil` when a piece
    /// must stop here.
    private mutating func resolveTTL(_ header: Header, at start: Int) throws(EntryError) -> UInt32? {
        if let stated = header.ttl {
            state.lastTTL = stated
            hasOwnTTL = true
            return stated
        }
        if let ttl = state.defaultTTL { return ttl }
        if let ttl = state.lastTTL {
            if !hasOwnTTL { usedEarlierTTL = true }
            return ttl
        }
        if header.type == .soa, rdata.count >= 4 {
            let minimum = rdata.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
            state.lastTTL = minimum
            hasOwnTTL = true
            report(
                .note(
                    "zonefile/ttl-from-soa", "no TTL is stated: the SOA's minimum, \(minimum), is taken",
                    .rfc(1035, "3.3.13"), .rfc(2308, "4"), hint: "put a '$TTL' line before the SOA"), at: start)
            return minimum
        }
        if isSpeculative {
            stop = .needsContext
            return nil
        }
        throw EntryError(
            .error(
                "zonefile/no-ttl", "the record states no TTL, and neither '$TTL' nor a record before it does",
                .rfc(2308, "4"), hint: "put a '$TTL' line at the beginning of the file"), at: start)
    }

    /// Adds the record with the RDATA in `rdata` to the batch.
    private mutating func keep(_ type: RRType, ttl: UInt32, at start: Int) throws(EntryError) {
        let offset: UInt32
        do {
            offset = try writer.append(rdata)
        } catch {
            throw storeFull()
        }
        guard let owner = state.ownerOffset else { return }
        if ownerIndex < 0 {
            ownerIndex = batch.names.count
            batch.names.append(owner)
        }
        let lowercases = rdata.withUnsafeBufferPointer { CanonicalRData.needsLowercasing(type: type, rdata: $0) }
        batch.records.append(
            RecordEntry(
                owner: OwnerIndex(truncatingIfNeeded: ownerIndex), type: type, ttl: TTL(ttl), rdataOffset: offset,
                rdataLength: rdata.count, lowercases: lowercases))
        if type == .soa, soaOwner == nil { soaOwner = owner }
        if recordsPlaces {
            places.append(attribution ?? RecordPlace(file: Int32(truncatingIfNeeded: view.file), offset: start))
        }
    }

    private mutating func storeFull() -> EntryError {
        stop = .storeFull
        return EntryError(
            .error("zonefile/too-large", "names and RDATA of the zone are more than 4 GiB"), at: 0)
    }
}
