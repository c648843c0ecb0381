import DNSModel

/// What came of holding a chunk of the zone against the text that was published last.
struct ChunkMatch: Sendable {
    /// A stretch of the new text.
    enum Piece: Sendable {
        /// As it was published.
        case kept(Range<Int>)
        /// To be signed.
        case changed(ChangedName)
    }

    /// A name whose records are not what was published, or have a signature that is due.
    struct ChangedName: Sendable {
        /// The owner of the unsigned zone, or none.
        var owners: Range<Int>
        /// The place in the NSEC3 chain, or none.
        var hashedNames: Range<Int>
        /// What was published under the name, or nothing.
        var published: Range<Int>
    }

    /// The stretches, in canonical order.
    var pieces: [Piece] = []
    /// What was published under names that are no more.
    var removed: [Range<Int>] = []
    /// Octets of what was published under changed names, and the number of such names.
    var changedOctets = 0
    var changed = 0
    /// Signatures that stay.
    var kept = 0
    /// RRsets that are signed, and NSEC and NSEC3 records, of names that stay.
    var signedRRsets = 0
    var denialRecords = 0
    /// Where the earliest end of a signature that stays is written.
    var firstExpiration: Int?
    /// RRsets whose records have different TTLs, of names that stay.
    var differingTTLs: [SigningTally.DifferingTTLs] = []
}
