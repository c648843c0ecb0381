import DNSModel

/// The lines of signatures: all of them but times and signature follows from the RRset and the key.
extension TextMatcher {
    /// Moves over the signatures of an RRset, when there is one of each key that signs it, and none is due.
    @inline(__always)
    mutating func matchSignatures(
        _ type: RRType, _ ttl: TTL, _ ownerLength: Int, _ place: inout Int, _ first: inout Int?
    ) -> Bool {
        if worker.zoneSigners.count == 1 {
            let key = worker.zoneSigners[0]
            return worker.keyLabels[key].canKeep && matchSignature(type, ttl, key: key, ownerLength, &place, &first)
        }
        return matchSignaturesOfSeveralKeys(type, ttl, ownerLength, &place, &first)
    }

    private mutating func matchSignaturesOfSeveralKeys(
        _ type: RRType, _ ttl: TTL, _ ownerLength: Int, _ place: inout Int, _ first: inout Int?
    ) -> Bool {
        // Their order follows from what only the text knows: each line may be of any key that had none yet.
        var pending = worker.zoneSigners
        next: while !pending.isEmpty {
            for (index, key) in pending.enumerated() where worker.keyLabels[key].canKeep {
                if matchSignature(type, ttl, key: key, ownerLength, &place, &first) {
                    pending.remove(at: index)
                    continue next
                }
            }
            return false
        }
        return true
    }

    private mutating func matchSignature(
        _ type: RRType, _ ttl: TTL, key: Int, _ ownerLength: Int, _ place: inout Int, _ first: inout Int?
    ) -> Bool {
        expected.truncate(to: ownerLength)
        appendHead(type, ttl, key: key, ownerLength)
        guard text.begins(with: expected.octets, at: place) else { return false }
        let expiration = place &+ expected.count
        let width = KeptTimes.width
        guard text.end &- expiration > 2 * (width + 1) else { return false }
        let inception = expiration &+ width &+ 1
        guard times.areGood(expiration: text.octets + expiration, inception: text.octets + inception) else {
            return false
        }
        let tail = signatureText.tail(of: key)
        guard text.begins(with: tail, at: inception &+ width) else { return false }
        place = text.nextLine(from: inception &+ width &+ tail.count)
        if first.map({ KeptTimes.precedes(text.octets + expiration, text.octets + $0) }) ?? true { first = expiration }
        return true
    }

    /// Appends what stands between the owner of a signature and its times.
    @inline(__always)
    private mutating func appendHead(_ type: RRType, _ ttl: TTL, key: Int, _ ownerLength: Int) {
        let (labels, algorithm) = (worker.labelCount, worker.keyLabels[key].algorithm)
        if signatureText.appendHead(type, ttl, labels, algorithm, to: &expected) { return }
        let space = UInt8(ascii: " ")
        line.appendHead(ttl, .rrsig, repeating: &heads, to: &expected)
        type.appendMnemonic(to: &expected)
        expected.append(space)
        expected.appendDecimal(UInt32(algorithm))
        expected.append(space)
        expected.appendDecimal(UInt32(labels))
        expected.append(space)
        expected.appendDecimal(ttl.rawValue)
        expected.append(space)
        signatureText.keepHead(type, ttl, labels, algorithm, expected.octets[ownerLength...])
    }
}
