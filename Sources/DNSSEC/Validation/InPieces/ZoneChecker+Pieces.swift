import DNSModel
import Diagnostics

/// Taking down, in a piece of a zone, what the chain is checked by when all pieces are there.
extension ZoneChecker {
    /// Checks a piece.
    ///
    /// - Parameter terminals: The empty non-terminals that come right before owners of the piece.
    func checkPiece(_ terminals: ArraySlice<EmptyNonTerminal>) {
        check(0..<context.view.ownerCount)
        guard let terms = context.piece, let parameters = terms.parameters else { return }
        for terminal in terminals where !(terms.isOptOut && terminal.leadsOnlyToInsecureDelegations) {
            bitmap.start()
            noteWant(context.view.store.nameOctets(at: terminal.nameOffset), parameters)
        }
    }

    // MARK: NSEC3

    /// Takes down the NSEC3 records of an owner.
    func takeDown(_ records: Range<Int>, of owner: OwnerIndex) {
        let zone = context.view
        for index in records {
            checkDenialTTL(index)
            guard let parameters = context.piece?.parameters,
                let fields = NSEC3Fields(zone.rdataOctets(of: zone.records[index])),
                fields.flags & ~1 == 0, fields.nextHash.count == 20, parameters.areThose(of: fields),
                let hash = NSEC3Hash(ownerLabel: zone.nameOctets(of: owner)),
                zone.nameOctets(of: owner).count == 33 + context.zoneOctets.count
            else {
                var place: FindingSubject { FindingSubject(owner: zone.name(of: owner), type: .nsec3) }
                result.log.add(.error, .denialMalformed, place, "the NSEC3 \(zone.name(of: owner)) is not of the chain")
                continue
            }
            result.chain.entries.append(.init(hash: hash, isOptOut: fields.isOptOut, bitmap: fields.bitmap))
            result.chain.hashes.append(hash, pointingTo: NSEC3Hash(UnsafeRawBufferPointer(fields.nextHash)))
        }
    }

    /// Notes that an authoritative name or a delegation must have an NSEC3 record.
    func noteWant(of owner: OwnerIndex, _ ownerClass: OwnerClass, _ all: Range<Int>) {
        guard let terms = context.piece, let parameters = terms.parameters,
            !(terms.isOptOut && ownerClass == .insecureDelegation)
        else { return }
        buildBitmap(ownerClass, all, forNSEC: false)
        noteWant(context.view.nameOctets(of: owner), parameters)
    }

    /// Notes that a name must have an NSEC3 record with the bitmap at hand.
    private func noteWant(_ name: UnsafeBufferPointer<UInt8>, _ parameters: ChainParameters) {
        let hash = hasher.hash(name, parameters)
        result.chain.wanted.append(.init(hash: hash, isOptOut: false, bitmap: bitmap.octets))
    }

    // MARK: NSEC

    /// Notes which of the piece's names is the first link of the chain.
    func noteLink(of owner: OwnerIndex) {
        guard result.chain.names.first == nil else { return }
        result.chain.names.begin(at: context.view.nameOctets(of: owner).map(asciiLowercased))
    }
}
