// swift-format-ignore-file: NeverUseForceTry, NeverForceUnwrap

import DNSModel

/// A zone from lines of `owner TTL TYPE RDATA…`, owners relative to the apex, which is `example.` unless told.
func zoneOfLines(_ text: String, apex: String = "example.", workers: Workers = .single) -> Zone {
    var builder = ZoneRecordsBuilder()
    let origin = testName(apex)
    for line in text.split(separator: "\n") {
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count >= 3 else { continue }
        let octets = Array(line.utf8)
        var tokens: [RDataToken] = []
        for word in words[3...] {
            let start = line.utf8.distance(from: line.startIndex, to: word.startIndex)
            tokens.append(RDataToken(range: start..<start + word.utf8.count, isQuoted: false))
        }
        let type = RRType(mnemonic: String(words[2]))!
        var wire: [UInt8] = []
        try! RDataParser.parse(type, tokens: tokens, text: octets.span, origin: origin, into: &wire)
        try! builder.add(
            owner: try! DomainName(words[0], origin: origin), type: type, ttl: TTL(UInt32(words[1])!), rdata: wire)
    }
    return builder.makeZone(apex: origin, workers: workers)
}

/// What every zone of these tests begins with.
let soaAndNS = """
    @ 3600 SOA ns1 hostmaster 1 7200 3600 1209600 300
    @ 3600 NS ns1.elsewhere.

    """
