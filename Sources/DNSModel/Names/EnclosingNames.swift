/// A set of names that is asked which of them are above others, without making names of those on the way.
package struct EnclosingNames: Sendable {
    /// The names by the hash of their lower-case octets, last first.
    private var names: [UInt64: [DomainName]] = [:]

    /// Creates the set.
    package init(_ names: some Sequence<DomainName>) {
        for name in names {
            Self.walk(name) { hash, start in
                guard start == 0, self.names[hash]?.contains(name) != true else { return }
                self.names[hash, default: []].append(name)
            }
        }
    }

    /// The one that is `name` or above it; of several, that with the most labels.
    package func deepest(above name: DomainName) -> DomainName? {
        var found: DomainName?
        visit(name) { found = $0 }
        return found
    }

    /// The one that is `name` or above it; of several, that with the fewest labels.
    package func shallowest(above name: DomainName) -> DomainName? {
        var found: DomainName?
        visit(name) { found = found ?? $0 }
        return found
    }

    /// Calls `body` with each that is `name` or above it, from the root on.
    private func visit(_ name: DomainName, _ body: (DomainName) -> Void) {
        Self.walk(name) { hash, start in
            guard let candidates = names[hash] else { return }
            let length = name.wireFormat.count - start
            for candidate in candidates where candidate.wireFormat.count == length && name.isSubdomain(of: candidate) {
                body(candidate)
            }
        }
    }

    /// Calls `body` for the root, each ancestor and the name itself with its hash and where it begins.
    private static func walk(_ name: DomainName, _ body: (_ hash: UInt64, _ start: Int) -> Void) {
        let octets = name.wireFormat
        var starts = InlineArray<128, UInt8>(repeating: 0)
        var count = 0
        var index = 0
        while true {
            starts[count] = UInt8(truncatingIfNeeded: index)
            count += 1
            if octets[index] == 0 { break }
            index += 1 + Int(octets[index])
        }
        // FNV-1a.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var end = octets.count
        while count > 0 {
            count -= 1
            let start = Int(starts[count])
            while end > start {
                end -= 1
                hash = (hash ^ UInt64(asciiLowercased(octets[end]))) &* 0x0000_0100_0000_01B3
            }
            body(hash, start)
        }
    }
}
