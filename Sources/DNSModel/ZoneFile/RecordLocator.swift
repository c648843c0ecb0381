public import Diagnostics
import Synchronization

/// Tells where records stand in a zone file, for findings about a zone that was read from it.
///
/// Reading keeps no places. The first question reads the text again, on one thread, with places kept; so a zone in
/// which nothing is wrong does not pay for them.
public final class RecordLocator: Sendable {
    private let source: ZoneFileSource
    private let options: ZoneFileOptions
    private let index = Mutex<Index?>(nil)

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
            let hash = owner.wireFormat.withUnsafeBufferPointer { Self.hash($0) }
            let found = (byOwner[hash] ?? []).first { index in
                let (record, name) = records[index]
                guard type == nil || record.type == type, store.name(at: name) == owner else { return false }
                guard let rdata else { return true }
                return CanonicalRData.lowercasingNames(rdata, type: record.type)
                    == CanonicalRData.lowercasingNames(
                        Array(store.octets(at: record.rdataOffset, count: record.rdataLength)), type: record.type)
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
