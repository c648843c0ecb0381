import DNSModel
import OpenSSLBridge

/// What one worker needs to sign: its own contexts of the library, its own place in the store, its own buffers.
///
/// A hot file: the octets to be signed are put together in one buffer that is used again for every RRset, signatures are
/// written to where they stay, and nothing is allocated for an RRset. Pointers are unchecked; sizes are those of names
/// and RDATA in the store, which are bounded. Exclusive access to what changes for every RRset is not checked while it runs:
/// no method changes a property within a change of the same one.
final class SigningWorker: @unchecked Sendable {
    // Sendable: one thread at a time has it, see WorkerPool.

    let context: SigningContext
    /// The keys that sign most RRsets, in an array of this worker's own: threads that count references to one would wait for
    /// each other.
    let zoneSigners: [Int]
    let store: WireStore
    @exclusivity(unchecked) var writer: WireWriter
    /// One for each active key, made when first used.
    private let signers: UnsafeMutablePointer<Signer>
    private let signerCount: Int
    /// What records say of each active key, in memory of this worker's own: see ``zoneSigners``.
    let keyLabels: UnsafeMutablePointer<KeyLabel>
    /// Verifiers of the active keys, for signatures of a previous zone that is not trusted.
    var verifiers: [VerifierBox?]
    /// The octets to be signed: RRSIG RDATA without the signature, then the RRset.
    @exclusivity(unchecked) var message: UnsafeMutableRawBufferPointer
    /// The length of RRSIG RDATA without the signature.
    let prefixLength: Int
    /// The owner at hand in canonical form.
    let owner: UnsafeMutablePointer<UInt8>
    @exclusivity(unchecked) var ownerLength = 0
    @exclusivity(unchecked) var labelCount: UInt8 = 0
    /// The signatures of the owner at hand, in canonical order.
    @exclusivity(unchecked) var signatures: [RecordEntry] = []
    @exclusivity(unchecked) var bitmap = TypeBitmapBuilder()
    /// Room for the NSEC or NSEC3 record that is being signed.
    let denialSlot: UnsafeMutablePointer<RecordEntry>
    /// Where the owner at hand would stand in the previous zone, and whether it does.
    @exclusivity(unchecked) var previousCursor = 0
    var previousOwner: Int?
    @exclusivity(unchecked) var tally = SigningTally()
    /// Where chunks go that are signed alone.
    var tables: ChunkTables?
    /// What was read ahead, which nobody needs.
    var warmed: UInt8 = 0

    /// - Parameters:
    ///   - library: The worker's own context of the library, when it will make so many signatures that it pays.
    ///   - inBatches: Whether it will make so many that they are better made many at a time.
    init(_ context: SigningContext, in library: LibraryContext?, inBatches: Bool) throws(OpenSSLError) {
        self.context = context
        zoneSigners = context.keys.zoneSigners.map { $0 }
        store = context.zone.store
        writer = WireWriter(store)
        let keys = context.keys.active
        signers = .allocate(capacity: max(1, keys.count))
        var made = 0
        do throws(OpenSSLError) {
            for key in keys {
                (signers + made).initialize(to: try Signer(key: key.privateKey, in: library, inBatches: inBatches))
                made += 1
            }
        } catch {
            signers.deinitialize(count: made)
            signers.deallocate()
            throw error
        }
        signerCount = made
        keyLabels = .allocate(capacity: max(1, keys.count))
        for (index, key) in keys.enumerated() {
            (keyLabels + index).initialize(
                to: KeyLabel(algorithm: key.algorithm, keyTag: key.keyTag, canKeep: context.canKeep[index]))
        }
        verifiers = Array(repeating: nil, count: keys.count)
        prefixLength = 18 + context.apex.count
        message = .allocate(byteCount: 4096, alignment: 16)
        owner = .allocate(capacity: DomainName.maximumLength)
        denialSlot = .allocate(capacity: 1)
        let signerName = message.baseAddress.unsafelyUnwrapped + 18
        if let apex = context.apex.baseAddress { signerName.copyMemory(from: apex, byteCount: context.apex.count) }
    }

    deinit {
        signers.deinitialize(count: signerCount)
        signers.deallocate()
        keyLabels.deallocate()
        message.deallocate()
        owner.deallocate()
        denialSlot.deallocate()
    }

    /// ``keyLabels``, and how many there are.
    var allKeyLabels: UnsafeBufferPointer<KeyLabel> { UnsafeBufferPointer(start: keyLabels, count: signerCount) }

    // MARK: Owner

    /// Makes `name` the owner at hand.
    @inline(__always)
    func setOwner(_ name: UnsafeBufferPointer<UInt8>) {
        ownerLength = name.count
        var index = 0
        while index < name.count {
            owner[index] = asciiLowercased(name[index])
            index &+= 1
        }
        countLabels()
    }

    /// "The Labels field … MUST NOT count either the null (root) label … or the wildcard label" (RFC 4034 §3.1.3).
    @inline(__always)
    func countLabels() {
        var count: UInt8 = 0
        var index = 0
        while owner[index] != 0 {
            count &+= 1
            index &+= 1 &+ Int(owner[index])
        }
        labelCount = owner[0] == 1 && owner[1] == UInt8(ascii: "*") ? count &- 1 : count
    }

    /// The owner at hand in canonical form.
    @inline(__always)
    var ownerOctets: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: owner, count: ownerLength) }

    // MARK: Signing

    /// Signs an RRset of the owner at hand with each of `keys`, or keeps signatures that are still good; the RRSIG
    /// records go to ``signatures``, and are complete when ``signWhatIsLeft()`` has returned.
    ///
    /// - Parameters:
    ///   - index: The owner's index in the signed zone.
    ///   - ttl: The TTL of the RRset.
    ///   - rrset: Its records, in canonical order.
    func sign(
        owner index: OwnerIndex, ttl: TTL, rrset: UnsafeBufferPointer<RecordEntry>, keys: [Int]
    ) throws(SigningFault) {
        let type = rrset[0].type
        let start = signatures.count
        let kept = context.previous == nil ? nil : previousRRset(type, equalTo: rrset)
        var isMessageReady = false
        let expiration = context.window.expiration(of: ownerOctets, type)
        for key in keys {
            if let kept, keyLabels[key].canKeep {
                if !context.previousIsTrusted, !isMessageReady {
                    putMessage(rrset, ttl: ttl)
                    isMessageReady = true
                }
                if let signature = keptSignature(kept, key: key, type: type, ttl: ttl) {
                    try keep(signature, owner: index, ttl: ttl)
                    continue
                }
            }
            if !isMessageReady {
                putMessage(rrset, ttl: ttl)
                isMessageReady = true
            }
            putPrefix(type: type, ttl: ttl, key: key, expiration: expiration, inception: context.window.inception)
            try makeSignature(owner: index, ttl: ttl, key: key)
            tally.note(expiration: expiration, now: context.window.now)
        }
        tally.signedRRsets &+= 1
        if signatures.count &- start > 1 { sortSignatures(from: start) }
    }

    /// Makes the signatures that wait for others: before anybody looks at them.
    func signWhatIsLeft() throws(SigningFault) {
        do throws(OpenSSLError) {
            for key in 0..<signerCount { try signers[key].signWhatIsLeft() }
        } catch { throw .library(error) }
    }

    private func makeSignature(owner index: OwnerIndex, ttl: TTL, key: Int) throws(SigningFault) {
        let length = signers[key].signatureLength
        let room: UnsafeMutablePointer<UInt8>
        do throws(WireStoreFull) { room = try writer.reserve(prefixLength &+ length) } catch { throw .storeFull }
        let octets = message.baseAddress.unsafelyUnwrapped
        let written: Int
        do throws(OpenSSLError) {
            written = try signers[key].signLater(
                UnsafeRawBufferPointer(start: octets, count: messageLength),
                into: UnsafeMutableRawBufferPointer(start: room + prefixLength, count: length))
        } catch { throw .library(error) }
        UnsafeMutableRawPointer(room).copyMemory(from: octets, byteCount: prefixLength)
        let offset = writer.commit(prefixLength &+ written)
        signatures.append(
            RecordEntry(
                owner: index, type: .rrsig, ttl: ttl, rdataOffset: offset, rdataLength: prefixLength &+ written,
                lowercases: false))
        tally.made &+= 1
    }

    /// A signature in the right place for a record whose content is not known yet: it has everything but the signature.
    func placeholder(owner index: OwnerIndex, type: RRType, ttl: TTL, key: Int) throws(SigningFault) {
        putPrefix(
            type: type, ttl: ttl, key: key, expiration: context.window.latestExpiration,
            inception: context.window.inception)
        let octets = message.baseAddress.unsafelyUnwrapped
        let copy = UnsafeBufferPointer(start: octets.assumingMemoryBound(to: UInt8.self), count: prefixLength)
        signatures.append(
            RecordEntry(
                owner: index, type: .rrsig, ttl: ttl, rdataOffset: try append(copy), rdataLength: prefixLength,
                lowercases: false))
    }

    /// Appends octets to the store.
    func append(_ octets: UnsafeBufferPointer<UInt8>) throws(SigningFault) -> UInt32 {
        do throws(WireStoreFull) { return try writer.append(octets) } catch { throw .storeFull }
    }

    /// Room in the store; see ``WireWriter/reserve(_:)``.
    @inline(__always)
    func reserve(_ count: Int) throws(SigningFault) -> UnsafeMutablePointer<UInt8> {
        do throws(WireStoreFull) { return try writer.reserve(count) } catch { throw .storeFull }
    }

    /// Several keys' signatures over one RRset go in canonical order (RFC 4034 §6.3). They are few.
    private func sortSignatures(from start: Int) {
        for index in (start + 1)..<signatures.count {
            var place = index
            while place > start, CanonicalRDataOrder.compare(signatures[place], signatures[place - 1], in: store) < 0 {
                signatures.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    // MARK: The message

    /// The length of the octets to be signed.
    private(set) var messageLength = 0

    /// Puts "RRSIG_RDATA" without the signature before the RRset (RFC 4034 §3.1.8.1).
    @inline(__always)
    func putPrefix(type: RRType, ttl: TTL, key: Int, expiration: UInt32, inception: UInt32) {
        let octets = message.baseAddress.unsafelyUnwrapped
        let label = keyLabels[key]
        octets.storeBytes(of: type.rawValue.bigEndian, as: UInt16.self)
        octets.storeBytes(of: label.algorithm, toByteOffset: 2, as: UInt8.self)
        octets.storeBytes(of: labelCount, toByteOffset: 3, as: UInt8.self)
        octets.storeBytes(of: ttl.rawValue.bigEndian, toByteOffset: 4, as: UInt32.self)
        octets.storeBytes(of: expiration.bigEndian, toByteOffset: 8, as: UInt32.self)
        octets.storeBytes(of: inception.bigEndian, toByteOffset: 12, as: UInt32.self)
        octets.storeBytes(of: label.keyTag.bigEndian, toByteOffset: 16, as: UInt16.self)
    }

    /// Puts the records after the prefix, each as "owner | type | class | TTL | RDATA length | RDATA" in canonical form.
    func putMessage(_ rrset: UnsafeBufferPointer<RecordEntry>, ttl: TTL) {
        var need = prefixLength
        for record in rrset { need &+= ownerLength &+ 10 &+ record.rdataLength }
        if need > message.count { growMessage(to: need) }
        var place = message.baseAddress.unsafelyUnwrapped + prefixLength
        for record in rrset {
            place.copyMemory(from: owner, byteCount: ownerLength)
            place += ownerLength
            place.storeBytes(of: record.type.rawValue.bigEndian, as: UInt16.self)
            place.storeBytes(of: context.rrClass.bigEndian, toByteOffset: 2, as: UInt16.self)
            place.storeBytes(of: ttl.rawValue.bigEndian, toByteOffset: 4, as: UInt32.self)
            place.storeBytes(
                of: UInt16(truncatingIfNeeded: record.rdataLength).bigEndian, toByteOffset: 8, as: UInt16.self)
            place += 10
            let rdata = store.octets(at: record.rdataOffset, count: record.rdataLength)
            if record.lowercases {
                putLowercased(rdata, type: record.type, to: place)
            } else if let start = rdata.baseAddress {
                place.copyMemory(from: start, byteCount: rdata.count)
            }
            place += rdata.count
        }
        messageLength = need
    }

    @inline(never)
    private func putLowercased(_ rdata: UnsafeBufferPointer<UInt8>, type: RRType, to place: UnsafeMutableRawPointer) {
        // Lower-casing changes no length.
        CanonicalRData.lowercasingNames(Array(rdata), type: type).withUnsafeBytes {
            if let start = $0.baseAddress { place.copyMemory(from: start, byteCount: min($0.count, rdata.count)) }
        }
    }

    @inline(never)
    private func growMessage(to need: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: need * 2, alignment: 16)
        larger.baseAddress.unsafelyUnwrapped.copyMemory(
            from: message.baseAddress.unsafelyUnwrapped, byteCount: prefixLength)
        message.deallocate()
        message = larger
    }
}

/// What records say of a key that signs, and whether a previous zone's signatures with it may be kept.
struct KeyLabel {
    let algorithm: UInt8
    let keyTag: UInt16
    let canKeep: Bool
}

/// What stops signing in the middle.
enum SigningFault: Error {
    /// There is no room for more names and RDATA.
    case storeFull
    /// The cryptographic library refused.
    case library(OpenSSLError)
}

/// What a worker has done, in numbers.
struct SigningTally: Sendable {
    var made = 0
    var kept = 0
    var signedRRsets = 0
    var denialRecords = 0
    /// The least time left of any signature, in seconds from now.
    var leastTimeLeft = Int32.max
    /// RRsets whose records had different TTLs: owner in the unsigned zone, type and the lowest.
    var differingTTLs: [DifferingTTLs] = []

    struct DifferingTTLs: Sendable {
        var owner: OwnerIndex
        var type: RRType
        var lowest: TTL
    }

    @inline(__always)
    mutating func note(expiration: UInt32, now: UInt32) {
        leastTimeLeft = min(leastTimeLeft, Int32(bitPattern: expiration &- now))
    }

    mutating func add(_ other: SigningTally) {
        made += other.made
        kept += other.kept
        signedRRsets += other.signedRRsets
        denialRecords += other.denialRecords
        leastTimeLeft = min(leastTimeLeft, other.leastTimeLeft)
        differingTTLs += other.differingTTLs
    }
}
