import DNSModel
import DNSSEC
import Testing

@Suite("Key timing")
struct KeyTimingTests {
    /// Publish at 10, activate at 20, inactive at 30, delete at 40.
    static var ordinary: KeyTiming {
        var timing = KeyTiming()
        timing.created = Timestamp(0)
        timing.publish = Timestamp(10)
        timing.activate = Timestamp(20)
        timing.inactive = Timestamp(30)
        timing.delete = Timestamp(40)
        return timing
    }

    @Test(
        "the state follows the times, each from its own second on",
        arguments: [
            (Int64(9), KeyState.generated), (10, .published), (19, .published), (20, .active), (29, .active),
            (30, .retired),
            (39, .retired), (40, .removed), (1000, .removed),
        ])
    func ordinary(now: Int64, state: KeyState) {
        #expect(Self.ordinary.state(at: Timestamp(now)) == state)
    }

    @Test("revocation beats retirement until the key is deleted")
    func revoked() {
        var timing = Self.ordinary
        timing.revoke = Timestamp(35)
        #expect(timing.state(at: Timestamp(34)) == .retired)
        #expect(timing.state(at: Timestamp(35)) == .revoked)
        #expect(timing.state(at: Timestamp(40)) == .removed)
        timing.publish = nil
        timing.activate = nil
        #expect(timing.state(at: Timestamp(36)) == .generated)
    }

    @Test("a key without metadata is active; one that was only created is not published")
    func metadata() {
        #expect(KeyTiming().state(at: Timestamp(5)) == .active)
        var timing = KeyTiming()
        timing.created = Timestamp(0)
        #expect(timing.state(at: Timestamp(5)) == .generated)
        timing.activate = Timestamp(10)
        #expect(timing.state(at: Timestamp(5)) == .published)
        #expect(timing.state(at: Timestamp(10)) == .active)
    }

    @Test("the changes to come are told in order")
    func changes() {
        let changes = Self.ordinary.changes(after: Timestamp(15))
        #expect(changes.map(\.time.rawValue) == [20, 30, 40])
        #expect(changes.map(\.state) == [.active, .retired, .removed])
    }

    @Test("CDS records are due between their two times")
    func synchronisation() {
        var timing = Self.ordinary
        #expect(!timing.isSynchronised(at: Timestamp(25)))
        timing.syncPublish = Timestamp(22)
        timing.syncDelete = Timestamp(28)
        #expect([21, 22, 27, 28].map { timing.isSynchronised(at: Timestamp($0)) } == [false, true, true, false])
    }
}
