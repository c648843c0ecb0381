public import Diagnostics

/// Tells where records stand in a zone file, for findings about a zone that was read from it.
///
/// Reading keeps no places. The first question reads the text again, on one thread, with places kept; so a zone in
/// which nothing is wrong does not pay for them.
public final class RecordLocator: Sendable {
    private let source: ZoneFileSource
    private let options: ZoneFileOptions
    private let index = Guarded<Index?>(nil)

    /// A locator for what was read from `source` with `options`.
    public init(_ source: ZoneFileSource, options: ZoneFileOptions) {
        self.source = source
        self.options = options
    }

    /// The place of the first record that has this owner, this type when one is given, and this RDATA when given.
    ///
    /// - Returns: `nil` when the text has no such record.
    public func location(of owner: DomainName, type: RRType? = nil, rdata: [UInt8]? = nil) -> SourceLocation? {
        index.withLock { index in
            if index == nil { index = Index(source, options) }
            return index?.location(of: owner, type: type, rdata: rdata)
        }
    }

    /// The place of the first RRSIG record of an owner that covers a type, made by the key with this tag when one is given.
    ///
    /// - Returns: `nil` when the text has no such record.
    public func signatureLocation(of owner: DomainName, covering type: RRType, keyTag: UInt16?) -> SourceLocation? {
        index.withLock { index in
            if index == nil { index = Index(source, options) }
            return index?.location(of: owner, type: .rrsig) { rdata in
                // The type covered stands first, the key tag behind 14 more octets (RFC 4034 §3.1).
                guard rdata.count >= 18, UInt16(rdata[0]) << 8 | UInt16(rdata[1]) == type.rawValue else { return false }
                return keyTag == nil || UInt16(rdata[16]) << 8 | UInt16(rdata[17]) == keyTag
            }
        }
    }

    /// Every record of the text with its place.
    private struct Index {
        private let sources: [ZoneFileSource]
        private let records: [(record: RecordEntry, name: UInt32)]
        private let places: [RecordPlace]
        private let store: WireStore
        private var byOwner: [Int: [Int]] = [:]

        init(_ source: ZoneFileSource, _ options: ZoneFileOptions) {
            let context = ReadContext(options: options, store: WireStore())
            let outcome = ZoneFileReader.read(source, context: context, recordsPlaces: true)
            sources = context.sources
            store = context.store
            places = outcome.places
            records = outcome.records.batches.flatMap { batch in
                batch.records.map { ($0, batch.names[Int($0.owner)]) }
            }
            for (index, entry) in records.enumerated() {
                byOwner[Self.hash(store.nameOctets(at: entry.name)), default: []].append(index)
            }
        }

        func location(of owner: DomainName, type: RRType?, rdata: [UInt8]?) -> SourceLocation? {
            guard let rdata, let type else { return location(of: owner, type: type) { _ in true } }
            let wanted = CanonicalRData.lowercasingNames(rdata, type: type)
            return location(of: owner, type: type) { CanonicalRData.lowercasingNames($0, type: type) == wanted }
        }

        func location(of owner: DomainName, type: RRType?, where isWanted: ([UInt8]) -> Bool) -> SourceLocation? {
            let hash = owner.wireFormat.withUnsafeBufferPointer { Self.hash($0) }
            let found = (byOwner[hash] ?? []).first { index in
                let (record, name) = records[index]
                guard type == nil || record.type == type, store.name(at: name) == owner else { return false }
                return isWanted(Array(store.octets(at: record.rdataOffset, count: record.rdataLength)))
            }
            guard let found, found < places.count else { return nil }
            var finder = LineFinder(sources[Int(places[found].file)])
            return finder.location(of: places[found].offset)
        }

        private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for octet in name { hash = (hash ^ UInt64(asciiLowercased(octet))) &* 0x0000_0100_0000_01B3 }
            return Int(truncatingIfNeeded: hash)
        }
    }
}
