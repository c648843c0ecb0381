/// What a zone file is read with.
public struct ZoneFileOptions: Sendable {
    /// What relative names are relative to until the file says `$ORIGIN`; `nil` refuses them.
    public var origin: DomainName?
    /// The TTL of records without one until the file says `$TTL`; `nil` follows RFC 1035 §5.1 and RFC 2308 §4.
    public var defaultTTL: TTL?
    /// The class of records; `nil` takes that of the first record, and IN when it names none.
    public var rrClass: RRClass?
    /// What a file may ask for.
    public var limits: ZoneFileLimits
    /// Gets the text of an `$INCLUDE`; `nil` refuses them all.
    public var include: IncludeLoader?
    /// How many threads may read.
    public var workers: Workers

    /// The length of the pieces that a large text is cut into, in octets.
    package var pieceSize = 512 << 10
    /// How an outline of the text is made, whose blocks are the pieces; `nil` for none.
    package var outlining: OutlineOptions? { didSet { if let outlining { pieceSize = outlining.blockSize } } }
    /// Whether plain lines may take the fast path. Off only in tests, which compare both ways.
    package var usesFastPath = true

    /// Gets the text of an included file.
    ///
    /// It is given the path as the file has it and the name of the source that it stands in; it may be called from
    /// any thread. ``IncludePolicy`` tells which file that is.
    public typealias IncludeLoader =
        @Sendable (_ path: String, _ includingFile: String) -> Result<ZoneFileSource, IncludeRefusal>

    /// Options with the usual limits, one thread and no includes.
    public init(
        origin: DomainName? = nil, defaultTTL: TTL? = nil, rrClass: RRClass? = nil,
        limits: ZoneFileLimits = .standard, workers: Workers = .single, include: IncludeLoader? = nil
    ) {
        self.origin = origin
        self.defaultTTL = defaultTTL
        self.rrClass = rrClass
        self.limits = limits
        self.include = include
        self.workers = workers
    }
}

/// Why an included file cannot be had: lower case, no final period.
public struct IncludeRefusal: Error, Sendable, Hashable {
    /// The reason, as part of a message.
    public let reason: String

    /// Wraps a reason.
    public init(_ reason: String) { self.reason = reason }
}

/// What a zone file may ask for, so that no file can hang or exhaust the machine.
public struct ZoneFileLimits: Sendable, Hashable {
    /// How deep `$INCLUDE` may nest.
    public var includeDepth: Int
    /// How many files may be included in all.
    public var includedFiles: Int
    /// How many records `$GENERATE` may make in all.
    public var generatedRecords: Int
    /// How many octets one record may span, comments and line ends included.
    public var recordLength: Int
    /// How deep parentheses may nest.
    public var parenthesesDepth: Int
    /// How many errors are reported before reading stops.
    public var errors: Int

    /// Creates limits.
    public init(
        includeDepth: Int, includedFiles: Int, generatedRecords: Int, recordLength: Int, parenthesesDepth: Int,
        errors: Int
    ) {
        self.includeDepth = includeDepth
        self.includedFiles = includedFiles
        self.generatedRecords = generatedRecords
        self.recordLength = recordLength
        self.parenthesesDepth = parenthesesDepth
        self.errors = errors
    }

    /// Far beyond what real zones need: 16 levels of includes and 65,536 included files, 4 million generated records,
    /// 1 MiB a record, 64 parentheses, 1,000 errors.
    public static let standard = ZoneFileLimits(
        includeDepth: 16, includedFiles: 1 << 16, generatedRecords: 1 << 22, recordLength: 1 << 20,
        parenthesesDepth: 64, errors: 1_000)
}
