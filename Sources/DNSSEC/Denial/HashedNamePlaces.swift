import DNSModel

/// Finds where hashed owner names stand among the owners of a zone.
///
/// Both are sorted, but under opt-out there are far more owners, and their names lie anywhere in memory. So every 32nd
/// owner is a landmark, of which eight octets are kept side by side; between two of them a few names are compared, for
/// several hashed owner names at the same time, so that cache misses overlap. A hot file: it reads names through unchecked
/// pointers.
struct HashedNamePlaces {
    private let zone: ZoneView
    private let apexLength: Int
    /// The first eight octets of the label right below the apex, of each owner that is a landmark.
    private let landmarks: [UInt64]

    /// The number of owners from one landmark to the next.
    private static let step = 32

    /// Reads the landmarks of a zone.
    init(_ zone: ZoneView, apex: DomainName, workers: Workers) {
        self.zone = zone
        let apexLength = apex.wireFormat.count
        self.apexLength = apexLength
        let count = (zone.ownerCount + Self.step - 1) / Self.step
        let chunk = 16 * CacheWarming.block
        landmarks = workers.map(chunks: (count + chunk - 1) / chunk) { index in
            Self.landmarks(index * chunk..<min(count, (index + 1) * chunk), of: zone, apexLength: apexLength)
        }.flatMap { $0 }
    }

    private static func landmarks(_ range: Range<Int>, of zone: ZoneView, apexLength: Int) -> [UInt64] {
        var result: [UInt64] = []
        result.reserveCapacity(range.count)
        let ahead = UnsafeMutablePointer<UInt32>.allocate(capacity: CacheWarming.block)
        defer { ahead.deallocate() }
        var sink: UInt8 = 0
        for start in stride(from: range.lowerBound, to: range.upperBound, by: CacheWarming.block) {
            let block = start..<min(start + CacheWarming.block, range.upperBound)
            for landmark in block { ahead[landmark &- start] = zone.names[landmark &* step] }
            CacheWarming.touch(ahead, count: block.count, in: zone.store, sink: &sink)
            for landmark in block {
                let name = zone.nameOctets(of: landmark &* step)
                result.append(key(of: name, label: label(of: name, apexLength: apexLength)))
            }
        }
        return result
    }

    // MARK: Places

    /// For each name, ``NSEC3Chain/positions``.
    ///
    /// - Parameter names: Hashed owner names in order.
    func positions(of names: [HashedName], workers: Workers) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: names.count) { buffer, initialized in
            let result = SharedBuffer(buffer)
            let chunks = max(1, min(names.count / 2048, workers.count * 8))
            landmarks.withUnsafeBufferPointer { landmarks in
                nonisolated(unsafe) let landmarks = landmarks
                workers.forEach(chunks: chunks) { chunk in
                    var search = Search(zone, landmarks, apexLength: apexLength)
                    let range = (names.count * chunk / chunks)..<(names.count * (chunk + 1) / chunks)
                    for start in stride(from: range.lowerBound, to: range.upperBound, by: Search.batch) {
                        let end = min(start + Search.batch, range.upperBound)
                        for index in start..<end { search.begin(index &- start, names[index]) }
                        search.narrow(end &- start)
                        for index in start..<end { result.buffer[index] = search.position(index &- start) }
                    }
                }
            }
            initialized = names.count
        }
    }

    /// A search for several names at the same time.
    private struct Search: ~Copyable {
        /// The number of names that are looked for at the same time.
        static let batch = 16

        private let zone: ZoneView
        private let landmarks: UnsafeBufferPointer<UInt64>
        private let apexLength: Int
        private let texts: UnsafeMutablePointer<UInt8>
        /// The owners before `low` sort before the name, those from `high` on do not.
        private let low: UnsafeMutablePointer<Int>
        private let high: UnsafeMutablePointer<Int>
        private let ahead: UnsafeMutablePointer<UInt32>
        /// The first landmark that does not sort before the name begun last, as far as its eight octets tell.
        private var landmark: Int?
        private var sink: UInt8 = 0

        init(_ zone: ZoneView, _ landmarks: UnsafeBufferPointer<UInt64>, apexLength: Int) {
            self.zone = zone
            self.landmarks = landmarks
            self.apexLength = apexLength
            texts = .allocate(capacity: Self.batch * HashedNamePlaces.textLength)
            low = .allocate(capacity: Self.batch)
            high = .allocate(capacity: Self.batch)
            ahead = .allocate(capacity: Self.batch)
        }

        deinit {
            texts.deallocate()
            low.deallocate()
            high.deallocate()
            ahead.deallocate()
        }

        private func text(_ slot: Int) -> UnsafeMutablePointer<UInt8> { texts + slot &* HashedNamePlaces.textLength }

        /// Takes a name to look for, which does not sort before those taken earlier.
        mutating func begin(_ slot: Int, _ name: HashedName) {
            name.writeBase32Hex(to: text(slot))
            let key = UInt64(bigEndian: UnsafeRawPointer(text(slot)).loadUnaligned(as: UInt64.self))
            var first = landmark ?? firstLandmark(notBefore: key)
            while first < landmarks.count, landmarks[first] < key { first &+= 1 }
            landmark = first
            var end = first
            while end < landmarks.count, landmarks[end] == key { end &+= 1 }
            low[slot] = first == 0 ? 0 : (first &- 1) &* HashedNamePlaces.step &+ 1
            high[slot] = end == landmarks.count ? zone.ownerCount : end &* HashedNamePlaces.step
        }

        /// Halves all ranges until nothing is left of them.
        mutating func narrow(_ count: Int) {
            while true {
                var open = 0
                for slot in 0..<count where low[slot] < high[slot] {
                    ahead[open] = zone.names[(low[slot] &+ high[slot]) / 2]
                    open &+= 1
                }
                if open == 0 { return }
                CacheWarming.touch(ahead, count: open, in: zone.store, sink: &sink)
                for slot in 0..<count where low[slot] < high[slot] {
                    let middle = (low[slot] &+ high[slot]) / 2
                    let isBefore = compare(middle, with: text(slot)) < 0
                    if isBefore { low[slot] = middle &+ 1 } else { high[slot] = middle }
                }
            }
        }

        /// What was found: see ``NSEC3Chain/positions``.
        func position(_ slot: Int) -> UInt32 {
            let place = low[slot]
            let isJoined = place < zone.ownerCount && compare(place, with: text(slot)) == 0
            return UInt32(truncatingIfNeeded: place) | (isJoined ? NSEC3Chain.joinedBit : 0)
        }

        private func firstLandmark(notBefore key: UInt64) -> Int {
            var low = 0
            var high = landmarks.count
            while low < high {
                let middle = (low &+ high) / 2
                if landmarks[middle] < key { low = middle &+ 1 } else { high = middle }
            }
            return low
        }

        /// Compares an owner with the name that has the label `text` right below the apex.
        ///
        /// Below the apex, canonical order is decided by the label next to the apex, then by there being further labels.
        @inline(__always)
        private func compare(_ owner: Int, with text: UnsafePointer<UInt8>) -> Int {
            let name = zone.nameOctets(of: owner)
            guard let start = HashedNamePlaces.label(of: name, apexLength: apexLength) else { return -1 }
            let length = Int(name[start])
            var index = 0
            while index < min(HashedNamePlaces.textLength, length) {
                let octet = asciiLowercased(name[start &+ 1 &+ index])
                if octet != text[index] { return Int(octet) &- Int(text[index]) }
                index &+= 1
            }
            if length != HashedNamePlaces.textLength { return length &- HashedNamePlaces.textLength }
            return start
        }
    }

    // MARK: Names

    /// The number of characters of a hash.
    private static let textLength = 32

    /// Where the label right below the apex begins; `nil` for the apex.
    @inline(__always)
    private static func label(of name: UnsafeBufferPointer<UInt8>, apexLength: Int) -> Int? {
        let end = name.count &- apexLength
        if end == 0 { return nil }
        var start = 0
        while start &+ 1 &+ Int(name[start]) < end { start &+= 1 &+ Int(name[start]) }
        return start
    }

    /// The first eight octets of a label in lower case, with zeros after its end: keys never descend from owner to owner.
    private static func key(of name: UnsafeBufferPointer<UInt8>, label: Int?) -> UInt64 {
        guard let label else { return 0 }
        var key: UInt64 = 0
        for index in 0..<8 {
            let octet = index < Int(name[label]) ? asciiLowercased(name[label &+ 1 &+ index]) : 0
            key = key &<< 8 | UInt64(octet)
        }
        return key
    }
}
