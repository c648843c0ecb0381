import DNSModel
import Rollover

/// The first layout of a zone's state, `danectl.zone-state/1`: one list of events, each with the RRset that it is about.
///
/// It is read, and never written: the next change of the state is written in the present layout.
struct ZoneStateV1: Decodable {
    static let format = "danectl.zone-state/1"

    private let zone: String
    private let events: [Event]
    private let publications: [Publication]?
    private let records: [String: StoredRRset]?
    private let unneededSince: [String: StateTime]?

    private struct Publication: Decodable {
        let at: StateTime
        let serial: UInt32
    }

    /// The same in the form in which it is worked with; names that name no RRset are left out.
    var state: ZoneState {
        var state = ZoneState(zone: zone)
        for event in events { state.record(event.kind, of: event.track, at: event.at) }
        state.publications = (publications ?? []).map { ZoneState.Publication(at: $0.at.time, serial: $0.serial) }
        for (name, rrset) in records ?? [:] { if let track = TrackID(name) { state.records[track] = rrset } }
        for (name, since) in unneededSince ?? [:] {
            if let track = TrackID(name) { state.unneededSince[track] = since.time }
        }
        return state
    }
}
