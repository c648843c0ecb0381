import Diagnostics

/// What all readers of one zone file share.
final class ReadContext: Sendable {
    /// What the caller asked for.
    let options: ZoneFileOptions
    /// Where names and RDATA go.
    let store: WireStore
    private let files = Guarded<[ZoneFileSource]>([])
    private let writers = Guarded<[WriterSlot]>([])

    init(options: ZoneFileOptions, store: WireStore) {
        self.options = options
        self.store = store
    }

    /// Adds a file and returns its index.
    func add(_ source: ZoneFileSource) -> Int {
        files.withLock { files in
            files.append(source)
            return files.count - 1
        }
    }

    /// The files read, the main one first.
    var sources: [ZoneFileSource] { files.withLock { $0 } }

    /// The file of an index.
    func source(_ index: Int) -> ZoneFileSource { files.withLock { $0[index] } }

    /// Takes a writer that nobody uses, so that segments are filled before new ones are begun.
    func takeWriter() -> WireWriter {
        let slot = writers.withLock { $0.popLast() }
        return slot?.writer.take() ?? WireWriter(store)
    }

    /// Gives a writer back.
    func giveBack(_ writer: consuming WireWriter) {
        let slot = WriterSlot(writer)
        writers.withLock { $0.append(slot) }
    }
}

/// A writer between two pieces of work.
private final class WriterSlot: @unchecked Sendable {
    // Sendable: it is either in the context's list, which a lock guards, or in the hands of one reader.
    var writer: WireWriter?

    init(_ writer: consuming WireWriter) { self.writer = consume writer }
}

/// What carries over from one line of a zone file to the next.
struct ReadingState: Sendable {
    /// The origin in wire format, or `nil` when there is none yet.
    var origin: [UInt8]?
    /// The TTL of `$TTL`, or of the caller.
    var defaultTTL: UInt32?
    /// The TTL last stated by a record (RFC 1035 §5.1), or the SOA's minimum.
    var lastTTL: UInt32?
    /// The class of the zone, once known.
    var rrClass: RRClass?
    /// Where the owner of the last record stands in the store.
    var ownerOffset: UInt32?
    /// How many records `$GENERATE` has made.
    var generatedRecords = 0
    /// How many files have been included.
    var includedFiles = 0
}

/// A finding whose place is not yet known as line and column.
struct Finding: Sendable {
    /// The finding, without its place.
    var diagnostic: Diagnostic
    /// The file's index.
    var file: Int
    /// The octet of the file, or -1 for the whole file.
    var offset: Int
}

/// Where a record begins.
struct RecordPlace: Sendable {
    /// The file's index.
    var file: Int32
    /// The octet of the file.
    var offset: Int
}
