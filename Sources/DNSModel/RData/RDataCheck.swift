/// Tells whether octets are the RDATA of a type: their form, and what its RFC demands beyond the form.
package enum RDataCheck {
    /// What is wrong with RDATA.
    package struct Fault: Error, Sendable, Hashable {
        /// The index of the field in the layout at which it shows.
        package var field: Int
        /// The rule that is broken: `rdata/…`.
        package var rule: String
        /// What was found and expected, naming the field.
        package var message: String
        /// The key of the service parameter at which it shows.
        var key: ServiceParameterKey?

        init(_ field: Int, _ rule: String, _ message: String, key: ServiceParameterKey? = nil) {
            self.field = field
            self.rule = rule
            self.message = message
            self.key = key
        }
    }

    /// What is wrong with octets as RDATA of a type, or `nil`. Types without a layout hold anything.
    package static func fault(_ type: RRType, _ rdata: [UInt8]) -> Fault? {
        rdata.withUnsafeBufferPointer { fault(type, $0) }
    }

    /// What is wrong with octets as RDATA of a type, or `nil`. Types without a layout hold anything.
    package static func fault(_ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>) -> Fault? {
        guard let layout = RDataLayout.of(type) else { return nil }
        // A list of prefixes may be empty (RFC 3123 §4), for which there is no text.
        if type.rawValue == 42, rdata.isEmpty { return nil }
        var scratch = TextBuffer(capacity: rdata.count * 4 + 64)
        switch RDataPrinter.appendFields(type, rdata, to: &scratch) {
        case .field(let index):
            return Fault(
                index, "rdata/malformed", "\(layout.fields[index].name): the data ends within it or does not fit it")
        case .trailing(let offset):
            return Fault(
                layout.fields.count - 1, "rdata/trailing-data",
                "\(rdata.count - offset) octets follow \(layout.fields.last?.name ?? "the last field")")
        case .noLayout, nil: return constraintFault(type, rdata)
        }
    }

    /// What is wrong with well-formed RDATA, or `nil`.
    static func constraintFault(_ type: RRType, _ rdata: UnsafeBufferPointer<UInt8>) -> Fault? {
        var cursor = WireCursor(rdata)
        switch type.rawValue {
        case 43, 59, 32768, 32769: return digestFault(rdata)
        case 44:
            guard let octets = cursor.take(2) else { return nil }
            return lengthFault(
                2, "fingerprint", found: cursor.remaining, wanted: octets[1] == 1 ? 20 : octets[1] == 2 ? 32 : nil,
                because: "fingerprint type \(octets[1])")
        case 63: return zoneDigestFault(rdata)
        case 64, 65:
            guard cursor.uint16() != nil, cursor.name() != nil else { return nil }
            return ServiceParameters.fault(in: cursor.rest()).map {
                Fault(2, "rdata/service-parameter", "SvcParams: \($0.message)", key: $0.key)
            }
        default: return nil
        }
    }

    private static func lengthFault(
        _ field: Int, _ name: String, found: Int, wanted: Int?, because: String
    ) -> Fault? {
        guard let wanted, found != wanted else { return nil }
        return Fault(field, "rdata/digest-length", "\(name) has \(found) octets; \(because) has \(wanted)")
    }

    /// DS, CDS, TA, DLV: a digest has the length of its type (RFC 4509, RFC 6605).
    private static func digestFault(_ rdata: UnsafeBufferPointer<UInt8>) -> Fault? {
        guard rdata.count >= 4 else { return nil }
        let type = DigestType(rawValue: rdata[3])
        return lengthFault(
            3, "digest", found: rdata.count - 4, wanted: type.digestLength,
            because: "digest type \(type.rawValue) (\(type))")
    }

    /// ZONEMD: at least 12 octets, and for the scheme SIMPLE what the hash gives (RFC 8976 §2.2.4, §5.3).
    private static func zoneDigestFault(_ rdata: UnsafeBufferPointer<UInt8>) -> Fault? {
        guard rdata.count >= 6 else { return nil }
        let length = rdata.count - 6
        guard length >= 12 else {
            return Fault(3, "rdata/digest-length", "Digest has \(length) octets; it must have 12 or more")
        }
        let wanted: Int? =
            switch (rdata[4], rdata[5]) {
            case (1, 1): 48
            case (1, 2): 64
            default: nil
            }
        return lengthFault(3, "Digest", found: length, wanted: wanted, because: "Hash Algorithm \(rdata[5])")
    }
}
