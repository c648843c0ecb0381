import Diagnostics

/// Reads the entries of zone files one after the other into a batch (RFC 1035 §5.1).
///
/// One reader reads a whole text, or a piece of it on the assumption that the state it was given is right. What it
/// finds and makes depends on nothing but that state and the place it starts at, so that pieces can be joined to what
/// reading from the beginning would have given; see ``RecordReader/readText(_:)``.
///
/// A hot file: it holds the origin in memory of its own, which ``PlainScanner`` reads unchecked.
struct RecordReader: ~Copyable {
    /// What is shared with other readers.
    let context: ReadContext
    /// Whether this reads a piece whose state is assumed, and must stop where it would need to know more.
    let isSpeculative: Bool
    /// The text being read.
    var view: TextView
    /// What carries over from line to line.
    var state: ReadingState
    /// Whether a TTL was taken from a record before the first one read here.
    var usedEarlierTTL = false
    /// Whether a record read here has stated a TTL.
    var hasOwnTTL = false
    /// Where names and RDATA go.
    var writer: WireWriter
    /// The records since the last batch was finished.
    var batch = RecordBatch()
    /// The batches before.
    var finished: [RecordBatch] = []
    /// The index in `batch` of the last record's owner, or -1 when it is not among its names.
    var ownerIndex = -1
    /// Where the last owner stands in the text, when it stands there plainly; a length of 0 when not.
    var ownerText = (start: 0, length: 0)
    /// The owner of the first SOA record read.
    var soaOwner: UInt32?
    /// What was found.
    var findings: [Finding] = []
    /// How many of them are errors.
    var errorCount = 0
    /// Why reading ended before the text did.
    var stop: StopReason?
    /// Where each record began, when asked for.
    var places: [RecordPlace] = []
    let recordsPlaces: Bool
    /// What findings are attributed to instead of the text being read: the `$GENERATE` that made it.
    var attribution: RecordPlace?
    /// The outline of the text, as far as it has been read; `nil` when none is wanted, or the text is not plain.
    var outlineProgress: OutlineProgress?
    /// The files being included, outermost first.
    var includeStack: [String] = []
    /// The items of the entry being read; kept for their room.
    var tokens: [RDataToken] = []
    /// The RDATA of the record being read; kept for its room.
    var rdata: [UInt8] = []
    /// The origin's octets, with room for wide loads.
    let originRoom: UnsafeMutablePointer<UInt8>
    /// Their number, 0 without an origin.
    private(set) var originLength = 0
    /// ``OctetClasses/upper`` when the origin has upper-case letters.
    private(set) var originCase: UInt8 = 0

    /// Why reading ended before the text did.
    enum StopReason: Sendable {
        /// A piece needs to know what came before, or includes or generates: whoever joins pieces goes on from here.
        case needsContext
        /// There are as many errors as are reported.
        case tooManyErrors
        /// The store is full.
        case storeFull
    }

    init(
        _ context: ReadContext, view: TextView, state: ReadingState, isSpeculative: Bool, recordsPlaces: Bool = false
    ) {
        self.context = context
        self.view = view
        self.state = state
        self.isSpeculative = isSpeculative
        self.recordsPlaces = recordsPlaces
        writer = context.takeWriter()
        originRoom = .allocate(capacity: 320)
        originRoom.initialize(repeating: 0, count: 320)
        setOrigin(state.origin)
    }

    deinit { originRoom.deallocate() }

    /// Gives the writer back for the next piece.
    mutating func finishWriting() {
        var other = WireWriter(context.store)
        swap(&other, &writer)
        context.giveBack(other)
    }

    /// Changes the origin.
    mutating func setOrigin(_ origin: [UInt8]?) {
        state.origin = origin
        originLength = origin?.count ?? 0
        originCase = 0
        ownerText.length = 0
        for (index, octet) in (origin ?? []).enumerated() {
            originRoom[index] = octet
            if octet &- 0x41 < 26 { originCase = OctetClasses.upper }
        }
    }

    /// The number of records after which a batch is ended, so that its arrays need not grow far.
    static let batchSize = 1 << 15

    /// Ends the batch and begins another.
    mutating func finishBatch() {
        if !batch.records.isEmpty { finished.append(batch) }
        batch = RecordBatch()
        ownerIndex = -1
        ownerText.length = 0
    }

    /// Makes room for so many records at once.
    mutating func reserveBatch(records: Int) {
        batch.records.reserveCapacity(records)
        batch.names.reserveCapacity(records / 2)
    }

    /// Reads entries that begin from `start` on and before `limit`, and returns where the next one begins.
    mutating func readEntries(from start: Int, until limit: Int) -> Int {
        var position = start
        let plainLimit = context.options.usesFastPath ? min(limit, view.plainEnd) : 0
        while position < limit, stop == nil {
            if position < plainLimit {
                if batch.records.isEmpty, !finished.isEmpty { reserveBatch(records: Self.batchSize) }
                position = readPlainLines(from: position, until: plainLimit)
                if batch.records.count >= Self.batchSize {
                    finishBatch()
                    continue
                }
                if position >= limit || stop != nil { break }
            }
            position = readEntry(at: position)
        }
        return position
    }
}

// MARK: - Findings

extension RecordReader {
    /// Reports a finding at an octet of the text being read.
    mutating func report(_ diagnostic: Diagnostic, at offset: Int) {
        if let attribution {
            findings.append(Finding(diagnostic: diagnostic, file: Int(attribution.file), offset: attribution.offset))
        } else {
            findings.append(Finding(diagnostic: diagnostic, file: view.file, offset: offset))
        }
        guard diagnostic.severity == .error else { return }
        errorCount += 1
        if errorCount >= context.options.limits.errors, stop == nil { stop = .tooManyErrors }
    }
}
