public import DNSModel
public import Diagnostics

/// One zone of the manifest.
public struct ZoneIntent: Sendable, Hashable {
    /// The apex.
    public var name: DomainName
    /// Where the zone stands in the manifest.
    public var location: SourceLocation
    /// The operator's own zone file: read, never edited.
    public var source: Located<String>
    /// The signed zone file.
    public var output: Located<String>
    /// The folder of the key files.
    public var keys: Located<String>
    /// How to sign it.
    public var policy: SigningPolicy
    /// How the SOA serial moves.
    public var serial: SerialPolicy
    /// The command that makes the name server load ``output``: program and arguments, run without a shell.
    public var reload: [String]
    /// Whether `$INCLUDE` may reach files outside the zone file's folder.
    public var allowsIncludesOutsideFolder: Bool

    /// Creates a zone intent.
    public init(
        name: DomainName, location: SourceLocation, source: Located<String>, output: Located<String>,
        keys: Located<String>, policy: SigningPolicy, serial: SerialPolicy, reload: [String],
        allowsIncludesOutsideFolder: Bool
    ) {
        self.name = name
        self.location = location
        self.source = source
        self.output = output
        self.keys = keys
        self.policy = policy
        self.serial = serial
        self.reload = reload
        self.allowsIncludesOutsideFolder = allowsIncludesOutsideFolder
    }
}
