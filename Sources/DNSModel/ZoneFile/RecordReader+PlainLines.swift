/// The fast path: records that stand on one line each, in plain characters, of the types that zones are full of.
///
/// A hot file: it writes through the room that ``WireWriter/reserve(_:)`` gives, within the bounds that
/// ``PlainScanner`` keeps, and reads the text up to ``TextView/plainEnd``.
extension RecordReader {
    /// How many octets of room one record may need: its owner and its RDATA, and what wide stores add.
    private static let plainRoom = 4_096

    /// Reads plain lines, and returns where the first line begins that is not plain or not before `limit`.
    mutating func readPlainLines(from start: Int, until limit: Int) -> Int {
        let scanner = PlainScanner(
            base: view.base, classes: OctetClasses.table, hexValues: OctetClasses.hexValues,
            base32Values: OctetClasses.base32Values, base64Values: OctetClasses.base64Values,
            origin: UnsafePointer(originRoom), originLength: originLength, originCase: originCase)
        // What an owner or a TTL that is not stated means; what is not known, the slow path deals with.
        let isClassIN = state.rrClass == .in
        let defaultTTL = state.defaultTTL.map(Int.init) ?? -1
        var lastTTL = state.lastTTL.map(Int.init) ?? -1
        var position = start
        var statedTTL = false
        var usedEarlierTTL = false
        lines: while position < limit, batch.records.count < Self.batchSize {
            // 1. The owner.
            let room: UnsafeMutablePointer<UInt8>
            do {
                room = try writer.reserve(Self.plainRoom)
            } catch {
                break
            }
            var cursor = position
            var ownerLength = 0
            let previous = ownerText
            if previous.length > 0, scanner.kind(position &+ previous.length) == OctetClasses.blank,
                scanner.isSame(position, previous.start, count: previous.length)
            {
                cursor = position &+ previous.length
            } else {
                switch scanner.kind(position) {
                case OctetClasses.blank:
                    guard ownerIndex >= 0 else {
                        let next = scanner.nextLine(position)
                        if next < 0 { break lines }
                        position = next
                        continue lines
                    }
                    scanner.skipBlanks(&cursor)
                    if PlainScanner.isDelimiter(scanner.kind(cursor)) {
                        let next = scanner.nextLine(cursor)
                        if next < 0 { break lines }
                        position = next
                        continue lines
                    }
                    cursor = position
                case OctetClasses.plain, OctetClasses.upper, OctetClasses.dot:
                    if scanner.base[position] == 0x24 { break lines }
                    var ownerCase: UInt8 = 0
                    ownerLength = scanner.name(&cursor, room, &ownerCase)
                    if ownerLength == 0 { break lines }
                case OctetClasses.special:
                    break lines
                default:
                    let next = scanner.nextLine(position)
                    if next < 0 { break lines }
                    position = next
                    continue lines
                }
            }
            let ownerEnd = cursor
            guard scanner.skipSeparator(&cursor) else { break }

            // 2. TTL and class in any order, then the type.
            var ttl = -1
            var hasClass = false
            var key: UInt64
            while true {
                if scanner.base[cursor] &- 48 <= 9 {
                    guard ttl < 0 else { break lines }
                    ttl = scanner.number(&cursor, atMost: 0x7FFF_FFFF)
                    guard ttl >= 0, scanner.skipSeparator(&cursor) else { break lines }
                    continue
                }
                key = scanner.mnemonic(&cursor)
                guard key == MnemonicKey.in else { break }
                guard isClassIN, !hasClass else { break lines }
                hasClass = true
            }
            guard isClassIN else { break }
            let isStated = ttl >= 0
            if !isStated {
                ttl = defaultTTL >= 0 ? defaultTTL : lastTTL
                guard ttl >= 0 else { break }
            }

            // 3. The RDATA.
            let out = room + ownerLength
            var letterCase: UInt8 = 0
            var length = -1
            var type: RRType
            switch key {
            case MnemonicKey.a:
                type = .a
                length = scanner.address4(&cursor, out)
            case MnemonicKey.ns:
                type = .ns
                length = scanner.name(&cursor, out, &letterCase)
                if length == 0 { length = -1 }
            case MnemonicKey.aaaa:
                type = .aaaa
                length = scanner.address6(&cursor, out)
            case MnemonicKey.rrsig:
                type = .rrsig
                length = scanner.rrsig(&cursor, out, &letterCase)
            case MnemonicKey.ds:
                type = .ds
                length = scanner.ds(&cursor, out)
            case MnemonicKey.nsec3:
                type = .nsec3
                length = scanner.nsec3(&cursor, out)
            case MnemonicKey.nsec:
                type = .nsec
                length = scanner.nsec(&cursor, out)
            case MnemonicKey.txt:
                type = .txt
                length = scanner.txt(&cursor, out)
            case MnemonicKey.tlsa:
                type = .tlsa
                length = scanner.tlsa(&cursor, out)
            case MnemonicKey.cname, MnemonicKey.ptr:
                type = key == MnemonicKey.ptr ? .ptr : .cname
                length = scanner.name(&cursor, out, &letterCase)
                if length == 0 { length = -1 }
            case MnemonicKey.mx:
                type = .mx
                length = scanner.mx(&cursor, out, &letterCase)
            case MnemonicKey.srv:
                type = .srv
                length = scanner.srv(&cursor, out, &letterCase)
            case MnemonicKey.dnskey:
                type = .dnskey
                length = scanner.dnskey(&cursor, out)
            default:
                break lines
            }
            guard length >= 0 else { break }
            let next = scanner.nextLine(cursor)
            guard next >= 0 else { break }

            // 4. All of it is good: keep it.
            if ownerLength > 0 {
                let offset = writer.commit(ownerLength)
                ownerIndex = batch.names.count
                batch.names.append(offset)
                state.ownerOffset = offset
                ownerText = (position, ownerEnd &- position)
            }
            let offset = writer.commit(length)
            batch.records.append(
                RecordEntry(
                    owner: OwnerIndex(truncatingIfNeeded: ownerIndex), type: type,
                    ttl: TTL(UInt32(truncatingIfNeeded: ttl)), rdataOffset: offset, rdataLength: length,
                    lowercases: letterCase != 0))
            if recordsPlaces {
                places.append(RecordPlace(file: Int32(truncatingIfNeeded: view.file), offset: position))
            }
            if isStated {
                lastTTL = ttl
                statedTTL = true
            } else if defaultTTL < 0, !statedTTL {
                usedEarlierTTL = true
            }
            position = next
        }
        if usedEarlierTTL, !hasOwnTTL { self.usedEarlierTTL = true }
        if statedTTL {
            hasOwnTTL = true
            state.lastTTL = UInt32(truncatingIfNeeded: lastTTL)
        }
        return position
    }
}
