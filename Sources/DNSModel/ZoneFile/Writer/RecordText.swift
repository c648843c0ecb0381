/// The text of a record's line: the owner, and what follows it.
package struct RecordText: Sendable {
    private let style: ZoneFileStyle
    /// What stands between TTL and type.
    private let classText: [UInt8]

    /// For records of a class.
    package init(_ rrClass: RRClass, _ style: ZoneFileStyle) {
        self.style = style
        // The generic form too has the class by name, as RFC 3597 §5 allows: Knot reads no CLASS1.
        classText = [UInt8(ascii: "\t")] + rrClass.description.utf8 + [UInt8(ascii: "\t")]
    }

    /// Appends an owner and the tab after it.
    @inline(__always)
    package static func appendOwner(_ name: UnsafeBufferPointer<UInt8>, to text: inout TextBuffer) {
        RDataPrinter.appendName(name, to: &text)
        text.append(UInt8(ascii: "\t"))
    }

    /// Appends TTL, class and type, and the tab after it.
    ///
    /// - Parameter heads: What has been written in this style.
    @inline(__always)
    package func appendHead(
        _ ttl: TTL, _ type: RRType, repeating heads: inout RecordHeads, to text: inout TextBuffer
    ) {
        if heads.append(ttl, type, to: &text) { return }
        let start = text.count
        appendHead(ttl, type, to: &text)
        heads.keep(ttl, type, text.octets[start...])
    }

    private func appendHead(_ ttl: TTL, _ type: RRType, to text: inout TextBuffer) {
        text.appendDecimal(ttl.rawValue)
        classText.withUnsafeBufferPointer { text.append($0) }
        if style.form == .generic {
            text.append("TYPE")
            text.appendDecimal(UInt32(type.rawValue))
        } else {
            type.appendMnemonic(to: &text)
        }
        text.append(UInt8(ascii: "\t"))
    }

    /// Appends all that follows the owner, the line's end included.
    ///
    /// - Parameter heads: What has been written in this style.
    @inline(__always)
    package func append(
        _ record: RecordEntry, _ rdata: UnsafeBufferPointer<UInt8>, repeating heads: inout RecordHeads,
        to text: inout TextBuffer
    ) {
        appendHead(record.ttl, record.type, repeating: &heads, to: &text)
        if style.form == .generic {
            RDataPrinter.appendGeneric(rdata, to: &text)
        } else {
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
