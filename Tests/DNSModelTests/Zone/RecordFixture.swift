// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel

/// A record of a test's zone; the RDATA matters only where a test looks at it.
struct RecordFixture {
    var owner: DomainName
    var type: RRType
    var ttl = TTL(3600)
    var rdata: [UInt8] = []

    init(_ owner: DomainName, _ type: RRType, ttl: UInt32 = 3600, _ rdata: [UInt8] = []) {
        self.owner = owner
        self.type = type
        self.ttl = TTL(ttl)
        self.rdata = rdata
    }

    init(_ owner: String, _ type: RRType, ttl: UInt32 = 3600, _ rdata: [UInt8] = []) {
        self.init(testName(owner), type, ttl: ttl, rdata)
    }
}

/// A name that the test's author knows to be well-formed.
func testName(_ text: String) -> DomainName { try! DomainName(text) }

/// The zone of some records, in whatever order they come.
func testZone(apex: String = "example.", _ records: [RecordFixture], workers: Workers = .single) -> Zone {
    var builder = ZoneRecordsBuilder()
    for record in records {
        try! builder.add(owner: record.owner, type: record.type, ttl: record.ttl, rdata: record.rdata)
    }
    return builder.makeZone(apex: testName(apex), workers: workers)
}
