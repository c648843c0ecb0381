import DNSModel
import DNSSEC
import OpenSSLBridge
import Testing

/// What a signed zone must look like, worked out the slow and obvious way from the unsigned records.
///
/// It shares nothing with the signer but names, RDATA values and primitives of the library.
struct ReferenceCheck {
    let signed: Zone
    let denial: DenialOfExistence
    let keys: [ZoneKey]
    private let apex: DomainName
    /// All records but signatures and denial, by owner and type.
    private var rrsets: [DomainName: [RRType: RRset]] = [:]
    private var denialSets: [DomainName: RRset] = [:]
    private var signatures: [DomainName: [RData.RRSIG]] = [:]
    private(set) var faults: [String] = []

    init(_ signed: Zone, _ denial: DenialOfExistence, _ keys: [ZoneKey]) throws {
        self.signed = signed
        self.denial = denial
        self.keys = keys
        apex = signed.apex
        for owner in 0..<OwnerIndex(signed.ownerCount) {
            for range in signed.rrsetRanges(of: owner) {
                let set = signed.rrset(at: range)
                switch set.type {
                case .rrsig: signatures[set.owner] = try set.rdata.map { try RData.RRSIG(wireFormat: $0) }
                case .nsec, .nsec3: denialSets[set.owner] = set
                default: rrsets[set.owner, default: [:]][set.type] = set
                }
            }
        }
    }

    /// Everything that is wrong.
    static func faults(_ signed: Zone, _ denial: DenialOfExistence, _ keys: [ZoneKey]) throws -> [String] {
        var check = try ReferenceCheck(signed, denial, keys)
        try check.run()
        return check.faults
    }

    private mutating func run() throws {
        for (owner, sets) in rrsets {
            for set in sets.values { try checkSignatures(set, isExpected: isSigned(owner, set.type)) }
        }
        for set in denialSets.values { try checkSignatures(set, isExpected: true) }
        for (owner, list) in signatures {
            for signature in list
            where rrsets[owner]?[signature.typeCovered] == nil && denialSets[owner]?.type != signature.typeCovered {
                faults.append("\(owner): signature over \(signature.typeCovered), which is not there")
            }
        }
        switch denial {
        case .nsec: try checkNSEC()
        case .nsec3(let parameters): try checkNSEC3(parameters)
        }
    }

    // MARK: Classes

    private func isCut(_ name: DomainName) -> Bool { name != apex && rrsets[name]?[.ns] != nil }

    private func isOccluded(_ name: DomainName) -> Bool {
        var ancestor = name
        while ancestor != apex, let parent = ancestor.parent {
            ancestor = parent
            if isCut(ancestor) || rrsets[ancestor]?[.dname] != nil { return true }
        }
        return false
    }

    private func isSigned(_ owner: DomainName, _ type: RRType) -> Bool {
        if isOccluded(owner) { return false }
        return !isCut(owner) || type == .ds
    }

    private func types(_ owner: DomainName) -> [RRType] {
        (rrsets[owner] ?? [:]).keys.filter { !isCut(owner) || $0 == .ns || $0 == .ds }.sorted()
    }

    private var covered: [DomainName] { rrsets.keys.filter { !isOccluded($0) } }

    // MARK: Denial

    private mutating func checkNSEC() throws {
        let names = covered.sorted()
        for (index, name) in names.enumerated() {
            guard let set = denialSets.removeValue(forKey: name), set.rdata.count == 1 else {
                faults.append("\(name): no NSEC")
                continue
            }
            let record = try RData.NSEC(wireFormat: set.rdata[0])
            if record.nextDomainName != names[(index + 1) % names.count] {
                faults.append("\(name): NSEC to \(record.nextDomainName)")
            }
            let expected = (types(name) + [.rrsig, .nsec]).sorted()
            if record.types.types != expected { faults.append("\(name): NSEC with \(record.types.types)") }
        }
        for name in denialSets.keys { faults.append("\(name): an NSEC too many") }
    }

    private mutating func checkNSEC3(_ parameters: NSEC3Parameters) throws {
        var links: [DomainName: [RRType]] = [:]
        for name in covered {
            let isInsecure = isCut(name) && rrsets[name]?[.ds] == nil
            if parameters.optOut && isInsecure { continue }
            links[name] = types(name) + (isInsecure ? [] : [.rrsig])
            var ancestor = name
            while ancestor != apex, let parent = ancestor.parent {
                ancestor = parent
                if rrsets[ancestor] == nil { links[ancestor] = [] }
            }
        }
        var hasher = NSEC3Hasher(iterations: parameters.iterations, salt: parameters.salt)
        let hashed = links.map { (hash: hasher.hash(of: $0.key), name: $0.key, types: $0.value.sorted()) }
            .sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
        for (index, link) in hashed.enumerated() {
            let owner = try DomainName(Base32Hex.encode(link.hash), origin: apex)
            guard let set = denialSets.removeValue(forKey: owner), set.rdata.count == 1 else {
                faults.append("\(link.name): no NSEC3 at \(owner)")
                continue
            }
            let record = try RData.NSEC3(wireFormat: set.rdata[0])
            if record.nextHashedOwner != hashed[(index + 1) % hashed.count].hash {
                faults.append("\(link.name): wrong next hashed owner")
            }
            if record.types.types != link.types { faults.append("\(link.name): NSEC3 with \(record.types.types)") }
            if record.isOptOut != parameters.optOut || record.iterations != parameters.iterations
                || record.salt != parameters.salt
            {
                faults.append("\(link.name): NSEC3 with other parameters")
            }
        }
        for name in denialSets.keys { faults.append("\(name): an NSEC3 too many") }
    }

    // MARK: Signatures

    private mutating func checkSignatures(_ set: RRset, isExpected: Bool) throws {
        let found = (signatures[set.owner] ?? []).filter { $0.typeCovered == set.type }
        let signers = isExpected ? keys.filter { signs($0, set) } : []
        if found.count != signers.count {
            faults.append("\(set.owner) \(set.type): \(found.count) signatures, \(signers.count) expected")
        }
        for key in signers {
            guard let signature = found.first(where: { $0.keyTag == key.keyTag && $0.algorithm == key.algorithm })
            else {
                faults.append("\(set.owner) \(set.type): no signature by \(key.keyTag)")
                continue
            }
            if try !isValid(signature, over: set, by: key) {
                faults.append("\(set.owner) \(set.type): bad signature by \(key.keyTag)")
            }
        }
    }

    private func signs(_ key: ZoneKey, _ set: RRset) -> Bool {
        let isForKeys = set.owner == apex && [.dnskey, .cds, .cdnskey].contains(set.type)
        return key.role == .csk || (isForKeys ? key.role == .ksk : key.role == .zsk)
    }

    /// RFC 4035 §5.3.1 to §5.3.3.
    private func isValid(_ signature: RData.RRSIG, over set: RRset, by key: ZoneKey) throws -> Bool {
        let labels = set.owner.labelCount - (set.owner.isWildcard ? 1 : 0)
        guard signature.signerName == apex, Int(signature.labels) == labels, signature.originalTTL == set.ttl else {
            return false
        }
        var unsigned = signature
        unsigned.signature = []
        var message = unsigned.wireFormat
        let canonical = set.rdata.map { CanonicalRData.lowercasingNames($0, type: set.type) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        for rdata in canonical {
            message += set.owner.lowercased.wireFormat
            message += [UInt8(set.type.rawValue >> 8), UInt8(set.type.rawValue & 255), 0, 1]
            message += (0..<4).map { UInt8(truncatingIfNeeded: set.ttl.rawValue >> (24 - 8 * $0)) }
            message += [UInt8(rdata.count >> 8), UInt8(rdata.count & 255)] + rdata
        }
        var verifier = try Verifier(key: key.dnskey.makePublicKey())
        return verifier.isValid(signature: signature.signature, message: message)
    }
}
