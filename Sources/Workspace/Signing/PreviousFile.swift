import DNSModel
import DNSSEC
import Dispatch
import Synchronization

/// The file that holds what was signed last; whether it is as danectl left it is found out beside other work.
final class PreviousFile: Sendable {
    /// The path as it was given.
    let path: String
    /// The octets of the file.
    let octets: ZoneFileOctets
    private let inspection = DispatchGroup()
    private let matches = Guarded<Bool>(false)
    private let octetsRead = Atomic<Int>(0)

    /// A digest of fewer octets takes less time than to have another thread compute it.
    private static let smallSize = 1 << 20

    /// Opens a file.
    ///
    /// - Throws: ``Failure`` of kind `inputMissing` when it cannot be read.
    init(_ path: String) throws(Failure) {
        self.path = path
        octets = try MappedFile.octets(of: path)
        if octets.count < Self.smallSize {
            matches.withLock { $0 = ContentDigest.matches(octets) }
            octetsRead.store(octets.count, ordering: .relaxed)
        } else {
            DispatchQueue(label: "digest of the previous zone").async(group: inspection) { [self] in
                let result = ContentDigest.matches(octets) { octetsRead.store($0, ordering: .relaxed) }
                octetsRead.store(octets.count, ordering: .relaxed)
                matches.withLock { $0 = result }
            }
        }
    }

    /// Whether every octet is danectl's own, so that no signature in it needs verification.
    var isTrusted: Bool {
        inspection.wait()
        return matches.withLock { $0 }
    }

    /// The records' text, when it is danectl's own.
    var text: PublishedText? { isTrusted ? textAsItIs : nil }

    /// The text of what ought to be records: for work that is done over if it turns out that they are not danectl's own.
    var textAsItIs: PublishedText? { PublishedText(octets, count: endOfRecords) }

    /// How many octets need not be in memory any more to find out whether all are danectl's own.
    var inspected: Int { octetsRead.load(ordering: .relaxed) }

    /// What the file tells of what it was made from. Whether it is danectl's own, ``isTrusted`` tells.
    var provenance: Provenance? {
        let end = octets.count - ContentDigest.length
        guard end > 0 else { return nil }
        return Provenance(UnsafeBufferPointer(rebasing: octets.buffer[endOfRecords..<end]))
    }

    /// Where the comments begin after the last record: no line of a record begins with a semicolon.
    private var endOfRecords: Int {
        let text = octets.buffer
        var end = max(0, octets.count - ContentDigest.length)
        while end > 0 {
            var start = end - 1
            while start > 0, text[start - 1] != UInt8(ascii: "\n") { start -= 1 }
            guard text[start] == UInt8(ascii: ";") else { return end }
            end = start
        }
        return end
    }
}
