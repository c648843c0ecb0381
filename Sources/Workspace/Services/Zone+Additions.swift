import DNSModel
import Diagnostics

extension Zone {
    /// The zone with RRsets in the place of those of the same owner and type.
    ///
    /// - Throws: ``Failure`` when the zone would become too large.
    func replacing(_ rrsets: [RRset], file: String, workers: Workers) throws(Failure) -> Zone {
        if rrsets.isEmpty { return self }
        var replaced: [OwnerIndex: Set<RRType>] = [:]
        for rrset in rrsets {
            if let owner = owner(named: rrset.owner) { replaced[owner, default: []].insert(rrset.type) }
        }
        let rest = replaced.isEmpty ? self : removing { replaced[$0.owner]?.contains($0.type) == true }
        var builder = ZoneRecordsBuilder(store: rest.store)
        do {
            for rrset in rrsets { try builder.add(rrset) }
        } catch {
            throw Failure(
                .badInput, .error("zone-file/too-large", at: SourceLocation(file: file), "the zone is too large"))
        }
        return rest.merging([builder.batch], workers: workers)
    }
}
