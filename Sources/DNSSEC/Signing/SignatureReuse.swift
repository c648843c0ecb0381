import DNSModel
import OpenSSLBridge

/// A verifier that can be kept in an array.
final class VerifierBox {
    var verifier: Verifier

    init(_ verifier: consuming Verifier) { self.verifier = verifier }
}

/// Keeping signatures of the previous zone that are still good.
///
/// A signature is kept when key tag *and* algorithm *and* signer *and* labels *and* original TTL are those that a new one
/// would have, the RRset's canonical RDATA is what it was, the signature has begun and is not due, and it is valid: which
/// is known of a zone that is the signer's own, and verified otherwise. A hot file, as ``SigningWorker`` is.
extension SigningWorker {
    /// An RRset of the previous zone with the signatures at its owner.
    struct PreviousRRset {
        var signatures: UnsafeBufferPointer<RecordEntry>
    }

    /// Moves to the owner at hand in the previous zone. Owners come in canonical order, the first of a chunk anywhere.
    func seekPrevious(isFirst: Bool) {
        guard let previous = context.previous else { return }
        if isFirst { previousCursor = previous.insertionPoint(of: ownerOctets) }
        while previousCursor < previous.ownerCount {
            let name = previous.nameOctets(of: previousCursor)
            // Nearly always it is the next one, written alike.
            let order = OctetEquality.areSame(name, ownerOctets) ? 0 : CanonicalNameOrder.compare(name, ownerOctets)
            if order >= 0 {
                previousOwner = order == 0 ? previousCursor : nil
                return
            }
            previousCursor &+= 1
        }
        previousOwner = nil
    }

    /// The RRset of the previous zone at the owner at hand, when its records are those of `rrset`.
    func previousRRset(_ type: RRType, equalTo rrset: UnsafeBufferPointer<RecordEntry>) -> PreviousRRset? {
        guard let previous = context.previous, let previousOwner else { return nil }
        let records = previous.records(of: previousOwner)
        var start = 0
        while start < records.count, records[start].type < type { start &+= 1 }
        guard start &+ rrset.count <= records.count else { return nil }
        for index in 0..<rrset.count {
            let record = records[start &+ index]
            guard record.type == type, isEqual(rrset[index], record, in: previous.store) else { return nil }
        }
        let end = start &+ rrset.count
        if end < records.count, records[end].type == type { return nil }
        var first = 0
        while first < records.count, records[first].type < .rrsig { first &+= 1 }
        var last = first
        while last < records.count, records[last].type == .rrsig { last &+= 1 }
        return PreviousRRset(signatures: UnsafeBufferPointer(rebasing: records[first..<last]))
    }

    /// Whether two records of one type have the same canonical RDATA.
    private func isEqual(_ own: RecordEntry, _ other: RecordEntry, in otherStore: WireStore) -> Bool {
        guard own.rdataLength == other.rdataLength else { return false }
        let left = store.octets(at: own.rdataOffset, count: own.rdataLength)
        let right = otherStore.octets(at: other.rdataOffset, count: other.rdataLength)
        if own.lowercases || other.lowercases {
            return CanonicalRData.lowercasingNames(Array(left), type: own.type)
                == CanonicalRData.lowercasingNames(Array(right), type: own.type)
        }
        return OctetEquality.areSame(left, right)
    }

    /// The RDATA of a signature over an unchanged RRset that a new one with `key` need not replace.
    func keptSignature(_ rrset: PreviousRRset, key: Int, type: RRType, ttl: TTL) -> UnsafeBufferPointer<UInt8>? {
        guard let previous = context.previous else { return nil }
        let label = keyLabels[key]
        for record in rrset.signatures where record.rdataLength > prefixLength {
            let rdata = previous.store.octets(at: record.rdataOffset, count: record.rdataLength)
            let fields = UnsafeRawPointer(rdata.baseAddress.unsafelyUnwrapped)
            let expiration = UInt32(bigEndian: fields.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
            let inception = UInt32(bigEndian: fields.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
            guard UInt16(bigEndian: fields.loadUnaligned(as: UInt16.self)) == type.rawValue,
                rdata[2] == label.algorithm, rdata[3] == labelCount,
                UInt32(bigEndian: fields.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) == ttl.rawValue,
                UInt16(bigEndian: fields.loadUnaligned(fromByteOffset: 16, as: UInt16.self)) == label.keyTag,
                context.window.isStillGood(inception: inception, expiration: expiration),
                isSignerName(rdata)
            else { continue }
            if !context.previousIsTrusted {
                putPrefix(type: type, ttl: ttl, key: key, expiration: expiration, inception: inception)
                guard
                    isValid(
                        signature: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(rdata)[prefixLength...]), key
                    )
                else { continue }
            }
            tally.note(expiration: expiration, now: context.window.now)
            return rdata
        }
        return nil
    }

    /// Whether the signer's name is the apex in lower case, as it is written here.
    @inline(__always)
    private func isSignerName(_ rdata: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < context.apex.count {
            if rdata[18 &+ index] != context.apex[index] { return false }
            index &+= 1
        }
        return true
    }

    private func isValid(signature: UnsafeRawBufferPointer, _ key: Int) -> Bool {
        if verifiers[key] == nil {
            let active = context.keys.active[key]
            guard let made = try? active.dnskey.makePublicKey(), let verifier = try? Verifier(key: made)
            else { return false }
            verifiers[key] = VerifierBox(verifier)
        }
        let octets = UnsafeRawBufferPointer(start: message.baseAddress, count: messageLength)
        return verifiers[key]?.verifier.isValid(signature: signature, message: octets) ?? false
    }

    /// Takes a signature over into the signed zone.
    func keep(_ signature: UnsafeBufferPointer<UInt8>, owner index: OwnerIndex, ttl: TTL) throws(SigningFault) {
        signatures.append(
            RecordEntry(
                owner: index, type: .rrsig, ttl: ttl, rdataOffset: try append(signature),
                rdataLength: signature.count, lowercases: false))
        tally.kept &+= 1
    }
}
