/// The comments at a signed zone's end as a fuzzer calls them: what can be read is written alike.
package enum ProvenanceFuzzEntry {
    /// Reads octets as the comments.
    ///
    /// - Returns: `nil` when all is well, else what is not.
    package static func run(_ octets: UnsafeRawBufferPointer) -> String? {
        guard let provenance = octets.withMemoryRebound(to: UInt8.self, { Provenance($0) }) else { return nil }
        let again = provenance.lines.withUnsafeBufferPointer { Provenance($0) }
        return again == provenance ? nil : "it is read differently once it is written"
    }
}
