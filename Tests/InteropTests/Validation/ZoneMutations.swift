// swift-format-ignore-file: NeverUseForceTry

// The records come from a zone that was read: what cannot be parsed again is a fault of the test.
import DNSModel

/// A record to be changed.
struct MutableRecord: Sendable {
    var owner: DomainName
    var type: RRType
    var ttl: TTL
    var rdata: [UInt8]
}

/// A signed zone with one thing changed.
struct Mutation: Sendable {
    let name: String
    /// The owner of the record that was changed.
    let owner: DomainName
    let records: [MutableRecord]

    /// The zone as text that all judges read: RFC 3597 form.
    var text: String {
        records.map { record in
            let rdata = Hex.encode(record.rdata)
            let type = "TYPE\(record.type.rawValue)"
            return "\(record.owner) \(record.ttl) IN \(type) \\# \(record.rdata.count) \(rdata)\n"
        }.joined()
    }
}

/// Makes the mutations of one signed zone.
struct MutationMaker {
    let records: [MutableRecord]
    let apex: DomainName
    /// The present, in seconds since the epoch.
    let now: UInt32
    private(set) var mutations: [Mutation] = []

    init(_ records: [MutableRecord], apex: DomainName, now: UInt32) {
        self.records = records
        self.apex = apex
        self.now = now
        mutateSignatures()
        mutateDenial()
        mutateKeys()
        mutateData()
    }

    private mutating func add(_ name: String, _ owner: DomainName, _ changed: [MutableRecord]) {
        mutations.append(Mutation(name: name, owner: owner, records: changed))
    }

    /// Replaces one record's RDATA.
    private mutating func replace(_ index: Int, _ name: String, rdata: [UInt8]) {
        let old = records[index]
        if rdata == old.rdata { return }
        var changed = records
        changed[index] = MutableRecord(owner: old.owner, type: old.type, ttl: old.ttl, rdata: rdata)
        add("\(old.owner) \(old.type): \(name)", old.owner, changed)
    }

    private mutating func setTTL(_ index: Int, _ ttl: UInt32) {
        let old = records[index]
        var changed = records
        changed[index] = MutableRecord(owner: old.owner, type: old.type, ttl: TTL(ttl), rdata: old.rdata)
        add("\(old.owner) \(old.type): TTL \(ttl)", old.owner, changed)
    }

    private mutating func drop(_ index: Int) {
        var changed = records
        let old = changed.remove(at: index)
        add("\(old.owner) \(old.type): removed", old.owner, changed)
    }

    private func name(_ text: String) -> DomainName { try! DomainName(text, origin: apex) }

    private func indices(_ type: RRType, at owner: DomainName? = nil) -> [Int] {
        records.indices.filter { records[$0].type == type && (owner == nil || records[$0].owner == owner) }
    }

    private mutating func mutateSignatures() {
        let wanted: [(DomainName, RRType)] = [
            (name("www"), .a), (apex, .soa), (apex, .dnskey), (name("secure"), .ds), (name("*.wild"), .txt),
        ]
        let denial = indices(.nsec3).first ?? indices(.nsec).first
        let targets = wanted + (denial.map { [(records[$0].owner, records[$0].type)] } ?? [])
        for index in indices(.rrsig) {
            let rrsig = try! RData.RRSIG(wireFormat: records[index].rdata)
            guard targets.contains(where: { $0 == (records[index].owner, rrsig.typeCovered) }) else { continue }
            func edited(_ edit: (inout RData.RRSIG) -> Void) -> [UInt8] {
                var copy = rrsig
                edit(&copy)
                return copy.wireFormat
            }
            let about = "signature of \(rrsig.typeCovered)"
            replace(index, "\(about), type covered", rdata: edited { $0.typeCovered = RRType(257) })
            replace(index, "\(about), algorithm", rdata: edited { $0.algorithm = .rsasha256 })
            replace(index, "\(about), labels more", rdata: edited { $0.labels += 1 })
            replace(index, "\(about), labels fewer", rdata: edited { $0.labels -= 1 })
            replace(
                index, "\(about), original TTL", rdata: edited { $0.originalTTL = TTL($0.originalTTL.rawValue + 1) })
            replace(index, "\(about), expiration", rdata: edited { $0.expiration = now - 3600 })
            replace(index, "\(about), inception", rdata: edited { $0.inception = now + 86_400 })
            replace(index, "\(about), key tag", rdata: edited { $0.keyTag ^= 1 })
            replace(index, "\(about), signer", rdata: edited { $0.signerName = name("mail") })
            replace(index, "\(about), signature", rdata: edited { $0.signature[7] ^= 4 })
            replace(index, "\(about), signature cut", rdata: edited { $0.signature.removeLast(2) })
            setTTL(index, 7200)
            drop(index)
        }
    }

    private mutating func mutateDenial() {
        for index in indices(.nsec).prefix(6) {
            let nsec = try! RData.NSEC(wireFormat: records[index].rdata)
            let more = TypeBitmap(nsec.types.types + [RRType(257)])
            let less = TypeBitmap(nsec.types.types.dropFirst())
            replace(index, "next", rdata: RData.NSEC(nextDomainName: name("zzz"), types: nsec.types).wireFormat)
            replace(index, "type added", rdata: RData.NSEC(nextDomainName: nsec.nextDomainName, types: more).wireFormat)
            replace(index, "type lost", rdata: RData.NSEC(nextDomainName: nsec.nextDomainName, types: less).wireFormat)
            setTTL(index, 7200)
            drop(index)
        }
        for index in indices(.nsec3).prefix(5) {
            let nsec3 = try! RData.NSEC3(wireFormat: records[index].rdata)
            func edited(_ edit: (inout RData.NSEC3) -> Void) -> [UInt8] {
                var copy = nsec3
                edit(&copy)
                return copy.wireFormat
            }
            replace(index, "hash algorithm", rdata: edited { $0.hashAlgorithm = 2 })
            replace(index, "flags", rdata: edited { $0.flags ^= 1 })
            replace(index, "iterations", rdata: edited { $0.iterations += 1 })
            replace(index, "salt", rdata: edited { $0.salt = [1, 2] })
            replace(index, "next hash", rdata: edited { $0.nextHashedOwner[19] ^= 1 })
            replace(index, "type added", rdata: edited { $0.types = TypeBitmap($0.types.types + [RRType(257)]) })
            replace(index, "type lost", rdata: edited { $0.types = TypeBitmap($0.types.types.dropFirst()) })
            setTTL(index, 7200)
            drop(index)
        }
        for index in indices(.nsec3param) {
            for (place, field) in ["hash algorithm", "flags", "iterations"].enumerated() {
                var rdata = records[index].rdata
                rdata[place == 2 ? 3 : place] ^= 2
                replace(index, field, rdata: rdata)
            }
            drop(index)
        }
    }

    private mutating func mutateKeys() {
        for index in indices(.dnskey) {
            for (place, bit) in [(0, UInt8(1)), (1, 0x80), (1, 1), (2, 1), (3, 6), (20, 1)] {
                var rdata = records[index].rdata
                rdata[place] ^= bit
                replace(index, "octet \(place)", rdata: rdata)
            }
            setTTL(index, 60)
            drop(index)
        }
        for index in indices(.ds) {
            for place in [1, 2, 3, 9] {
                var rdata = records[index].rdata
                rdata[place] ^= 1
                replace(index, "octet \(place)", rdata: rdata)
            }
            setTTL(index, 60)
            drop(index)
        }
    }

    private mutating func mutateData() {
        for type in [RRType.soa, .mx, .txt, .ns] {
            for index in indices(type, at: apex) {
                var rdata = records[index].rdata
                rdata[rdata.count - 2] ^= 1
                replace(index, "last octets", rdata: rdata)
                setTTL(index, 7200)
                if type != .soa { drop(index) }
            }
        }
        for owner in ["www", "mail", "*.wild", "a.b.c", "alias", "_xmpp-server._tcp"].map(name) {
            for index in records.indices
            where records[index].owner == owner && ![.rrsig, .nsec].contains(records[index].type) {
                drop(index)
                setTTL(index, 60)
            }
            add("\(owner): all records removed", owner, records.filter { $0.owner != owner })
        }
        let ttl = TTL(3600)
        let address = [UInt8](arrayLiteral: 192, 0, 2, 200)
        add(
            "a record added to an RRset", name("www"),
            records + [MutableRecord(owner: name("www"), type: .a, ttl: ttl, rdata: address)])
        add(
            "a name added", name("new"),
            records + [MutableRecord(owner: name("new"), type: .a, ttl: ttl, rdata: address)])
        add(
            "a type added", name("mail"),
            records + [MutableRecord(owner: name("mail"), type: .txt, ttl: ttl, rdata: [1, 65])])
        add(
            "a DS added to a delegation", name("insecure"),
            records
                + indices(.ds).map {
                    MutableRecord(owner: name("insecure"), type: .ds, ttl: ttl, rdata: records[$0].rdata)
                })
        let signed = indices(.rrsig).first { index in
            records[index].owner == name("www") && records[index].rdata.starts(with: [0, 1])
        }
        for (owner, type) in [("ns.secure", RRType.a), ("secure", .ns), ("insecure", .ns)] {
            guard let signed else { continue }
            var rdata = records[signed].rdata
            rdata[1] = UInt8(type.rawValue)
            add(
                "\(owner) \(type) signed", name(owner),
                records + [MutableRecord(owner: name(owner), type: .rrsig, ttl: ttl, rdata: rdata)])
        }
    }
}
