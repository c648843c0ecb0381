/// Formats the records of a zone, a line each.
///
/// A hot file: names and RDATA are read through the store's unchecked pointers, and an owner's second record copies the
/// owner's text from the first.
struct RecordLine: Sendable {
    private let zone: Zone
    private let style: ZoneFileStyle
    /// What stands between TTL and type.
    private let classText: [UInt8]

    init(_ zone: Zone, _ style: ZoneFileStyle) {
        self.zone = zone
        self.style = style
        // The generic form too has the class by name, as RFC 3597 §5 allows: Knot reads no CLASS1.
        classText = [UInt8(ascii: "\t")] + zone.rrClass.description.utf8 + [UInt8(ascii: "\t")]
    }

    /// Where the text of an owner's name stands in the buffer.
    struct WrittenOwner {
        var owner: OwnerIndex = .max
        var start = 0
        var count = 0
    }

    /// Appends the line of a record.
    ///
    /// - Parameter written: The last owner that stands in the buffer.
    @inline(__always)
    func append(_ index: Int, repeating written: inout WrittenOwner, to text: inout TextBuffer) {
        let record = zone.records[index]
        let start = text.count
        if written.owner == record.owner {
            let room = text.reserve(written.count)
            if let octets = text.octets.baseAddress { room.update(from: octets + written.start, count: written.count) }
            text.commit(written.count)
        } else {
            RDataPrinter.appendName(zone.nameOctets(of: record.owner), to: &text)
            text.append(UInt8(ascii: "\t"))
            written = WrittenOwner(owner: record.owner, start: start, count: text.count &- start)
        }
        text.appendDecimal(record.ttl.rawValue)
        classText.withUnsafeBufferPointer { text.append($0) }
        let rdata = zone.rdataOctets(of: record)
        if style.form == .generic {
            text.append("TYPE")
            text.appendDecimal(UInt32(record.type.rawValue))
            text.append(UInt8(ascii: "\t"))
            RDataPrinter.appendGeneric(rdata, to: &text)
        } else {
            record.type.appendMnemonic(to: &text)
            text.append(UInt8(ascii: "\t"))
            RDataPrinter.append(record.type, rdata, to: &text)
        }
        if style.commentsOnKeys, record.type == .dnskey { Self.appendKeyComment(rdata, to: &text) }
        text.append(UInt8(ascii: "\n"))
    }

    /// Appends key tag, role and size, as ldns writes them: ` ;{id = 12345 (ksk), size = 256b}`.
    private static func appendKeyComment(_ rdata: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        guard let key = try? RData.DNSKEY(wireFormat: rdata) else { return }
        text.append(" ;{id = ")
        text.appendDecimal(UInt32(key.keyTag))
        if key.flags == RData.DNSKEY.zoneKeyFlag | RData.DNSKEY.sepFlag {
            text.append(" (ksk)")
        } else if key.flags == RData.DNSKEY.zoneKeyFlag {
            text.append(" (zsk)")
        }
        text.append(", size = ")
        text.appendDecimal(UInt32(truncatingIfNeeded: keySize(key)))
        text.append("b}")
    }

    /// The size of a key in bits: of RSA's modulus, or of the curve.
    private static func keySize(_ key: RData.DNSKEY) -> Int {
        switch key.algorithm {
        case .ecdsap256sha256, .ed25519: return 256
        case .ecdsap384sha384: return 384
        case .ed448: return 456
        default:
            // "a one octet exponent length … or a zero octet and two more" (RFC 3110 §2), the exponent, the modulus.
            guard let first = key.publicKey.first else { return 0 }
            if first != 0 { return max(0, key.publicKey.count - 1 - Int(first)) * 8 }
            guard key.publicKey.count > 3 else { return 0 }
            let exponent = Int(key.publicKey[1]) << 8 | Int(key.publicKey[2])
            return max(0, key.publicKey.count - 3 - exponent) * 8
        }
    }
}
