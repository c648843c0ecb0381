import DNSModel
import Testing

@Suite("Hostile RDATA in wire format")
struct HostileWireTests {
    @Test("Every prefix of every type's data is printed or judged, and never traps", arguments: RDataFixture.all)
    func prefixes(_ fixture: RDataFixture) throws {
        for count in 0..<fixture.wire.count { try inspect(fixture.type, Array(fixture.wire[..<count])) }
        try inspect(fixture.type, fixture.wire + [0])
        try inspect(fixture.type, fixture.wire + [0xFF])
    }

    @Test("Random octets as the data of every type are printed or judged, and never trap")
    func randomOctets() throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        for type in RRType.allRegistered where RDataLayout.of(type) != nil {
            for _ in 0..<100 {
                let count = Int(next() % 40)
                // Small octets now and then, so that counts and labels fit more often.
                let mask: UInt64 = next() % 2 == 0 ? 0x0F : 0xFF
                try inspect(type, (0..<count).map { _ in UInt8(next() & mask) })
            }
        }
    }

    @Test("One changed octet in every type's data is printed or judged, and never traps", arguments: RDataFixture.all)
    func changedOctets(_ fixture: RDataFixture) throws {
        for index in fixture.wire.indices {
            for value: UInt8 in [0, 1, 0x40, 0xFF] {
                var wire = fixture.wire
                wire[index] = value
                try inspect(fixture.type, wire)
            }
        }
    }

    /// What fits the type reads back as the same octets; what does not is in RFC 3597 format.
    private func inspect(_ type: RRType, _ wire: [UInt8]) throws {
        var text: [UInt8] = []
        RDataPrinter.append(type, wire.span, to: &text)
        let printed = String(decoding: text, as: UTF8.self)
        let lowered = CanonicalRData.lowercasingNames(wire, type: type)
        #expect(lowered.count == wire.count)
        #expect(CanonicalRData.needsLowercasing(type: type, rdata: wire) == (lowered != wire))
        if RDataCheck.fault(type, wire) == nil {
            #expect(try RDataParser.rdata(type, from: printed) == wire, "\(type) \(printed)")
        } else {
            #expect(throws: RDataError.self, "\(type) \(printed)") { try RDataParser.rdata(type, from: printed) }
        }
    }
}

@Suite("RDATA text that is cut or changed")
struct HostileTextTests {
    @Test("Every prefix of every presentation is read or refused, and never traps", arguments: RDataFixture.all)
    func prefixes(_ fixture: RDataFixture) {
        for text in [fixture.presentation, fixture.generic] {
            for count in 0..<text.utf8.count {
                let prefix = String(decoding: text.utf8.prefix(count), as: UTF8.self)
                inspect(fixture.type, prefix)
            }
        }
    }

    @Test("A changed character in every presentation is read or refused, and never traps", arguments: RDataFixture.all)
    func changes(_ fixture: RDataFixture) {
        let octets = Array(fixture.presentation.utf8)
        for index in octets.indices {
            for character in "\\\" .-0".utf8 {
                var changed = octets
                changed[index] = character
                inspect(fixture.type, String(decoding: changed, as: UTF8.self))
            }
        }
    }

    private func inspect(_ type: RRType, _ text: String) {
        do {
            let wire = try RDataParser.rdata(type, from: text)
            #expect(RDataCheck.fault(type, wire) == nil, "\(type) \(text)")
        } catch {
            #expect((0...text.utf8.count).contains(error.offset), "\(type) \(text): \(error)")
        }
    }
}
