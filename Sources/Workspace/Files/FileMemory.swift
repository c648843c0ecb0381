import DNSModel
import OpenSSLBridge

/// What small files were read as, by their octets: who looks at the same octets again need not parse them again.
///
/// What is remembered depends on the octets alone, so it is never out of date. A file is still read each time; only its
/// meaning is recalled. One object belongs to one ``ManifestWorkspace``, and goes with it.
public final class FileMemory: Sendable {
    private struct Key: Hashable {
        var meaning: Swift.ObjectIdentifier
        var digest: [UInt8]
    }

    private struct Contents {
        /// What was asked for lately, and before that; the latter goes when the former has become too much.
        var recent: [Key: any Sendable] = [:]
        var older: [Key: any Sendable] = [:]
        /// The octets of the files behind `recent`.
        var size = 0

        mutating func add(_ meaning: any Sendable, for key: Key, size: Int) {
            if self.size + size > largestGeneration {
                older = recent
                recent = [:]
                self.size = 0
            }
            recent[key] = meaning
            self.size += size + 256
        }
    }

    private let contents = Guarded(Contents())

    /// Files of more octets are not remembered: they are read once or twice, and memory is dear.
    static let largestFile = 1 << 20
    private static let largestGeneration = 32 << 20

    /// Begins with nothing.
    public init() {}

    /// What octets mean; found out by `read`, unless it is known.
    ///
    /// - Parameters:
    ///   - octets: The content of a file, or of several.
    ///   - context: What else the meaning depends on.
    ///   - limit: The most octets that are worth it.
    ///   - read: Finds the meaning, which must depend on octets and context alone. When it throws, nothing is remembered.
    func meaning<Meaning: Sendable, Fault: Error>(
        of octets: UnsafeRawBufferPointer, in context: String = "", upTo limit: Int = FileMemory.largestFile,
        read: () throws(Fault) -> Meaning
    ) throws(Fault) -> Meaning {
        guard octets.count <= limit else { return try read() }
        var digest = DigestContext(.sha256)
        digest.update(Array(context.utf8) + [0])
        digest.update(octets)
        let key = Key(meaning: Swift.ObjectIdentifier(Meaning.self), digest: digest.finish())
        if let known = recall(key, size: octets.count) as? Meaning { return known }
        let meaning = try read()
        contents.withLock { $0.add(meaning, for: key, size: octets.count) }
        return meaning
    }

    /// What octets mean; found out by `read`, unless it is known.
    func meaning<Meaning: Sendable, Fault: Error>(
        of octets: [UInt8], in context: String = "", upTo limit: Int = FileMemory.largestFile,
        read: () throws(Fault) -> Meaning
    ) throws(Fault) -> Meaning {
        let result = octets.withUnsafeBytes { buffer -> Result<Meaning, Fault> in
            do throws(Fault) { return .success(try meaning(of: buffer, in: context, upTo: limit, read: read)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func recall(_ key: Key, size: Int) -> (any Sendable)? {
        contents.withLock { contents -> (any Sendable)? in
            if let known = contents.recent[key] { return known }
            guard let known = contents.older[key] else { return nil }
            contents.add(known, for: key, size: size)
            return known
        }
    }
}
