import Diagnostics

/// The reader as a fuzzer calls it: any octets in, and every way of reading them must agree.
package enum ZoneFileFuzzEntry {
    /// Reads octets as a zone file in order, without the fast path, and in tiny pieces on several threads.
    ///
    /// An `$INCLUDE` gets the same octets again, so that nesting and its limits are reached too.
    ///
    /// - Returns: `nil` when all ways gave the same records and findings, else what the first difference is.
    package static func run(_ octets: UnsafeRawBufferPointer) -> String? {
        let text = ZoneFileOctets(Array(octets))
        let source = ZoneFileSource(text, name: "fuzz")
        let origin = DomainName(uncheckedWireFormat: [1, 0x65, 0])
        var options = ZoneFileOptions(origin: octets.count % 2 == 0 ? origin : nil) { path, _ in
            path.utf8.count < 4
                ? .success(ZoneFileSource(text, name: path)) : .failure(IncludeRefusal("no such file"))
        }
        options.limits.includeDepth = 2
        options.limits.includedFiles = 8
        options.limits.generatedRecords = 1_000
        options.limits.recordLength = 4_096
        options.limits.errors = 50
        options.usesFastPath = false
        let expected = ZoneFileReader.readRecords(source, options: options)
        options.usesFastPath = true
        for (workers, pieceSize) in [(1, 1 << 19), (2, 16), (3, 61)] {
            options.workers = Workers(workers)
            options.pieceSize = pieceSize
            let found = ZoneFileReader.readRecords(source, options: options)
            if found.diagnostics != expected.diagnostics {
                return "\(workers) workers, pieces of \(pieceSize): findings \(found.diagnostics), "
                    + "expected \(expected.diagnostics)"
            }
            if found.value?.fingerprint != expected.value?.fingerprint {
                return "\(workers) workers, pieces of \(pieceSize): records differ"
            }
        }
        return nil
    }
}

extension ZoneFileRecords {
    /// All that can be said about the records, for comparison.
    package var fingerprint: [String] {
        let lowercases = batches.flatMap { $0.records.map(\.lowercases) }
        return ["\(rrClass) \(soaOwner?.presentationFormat ?? "-")"]
            + zip(values, lowercases).map { record, lowercases in
                "\(record.owner) \(record.ttl) \(record.type) \(record.rdata) \(lowercases)"
            }
    }
}
