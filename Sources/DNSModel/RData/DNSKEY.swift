extension RData {
    /// A zone's public key (RFC 4034 §2). CDNSKEY has the same layout (RFC 7344 §3.2).
    public struct DNSKEY: RDataValue {
        /// DNSKEY.
        public static let type = RRType.dnskey

        /// The flags; see ``isZoneKey``, ``isSEP``, ``isRevoked``.
        public var flags: UInt16
        /// Always 3.
        public var protocolField: UInt8
        /// The algorithm of the key.
        public var algorithm: SecurityAlgorithm
        /// The key, in the form that its algorithm's RFC gives.
        public var publicKey: [UInt8]

        /// Creates the data from its fields.
        public init(flags: UInt16, protocolField: UInt8, algorithm: SecurityAlgorithm, publicKey: [UInt8]) {
            self.flags = flags
            self.protocolField = protocolField
            self.algorithm = algorithm
            self.publicKey = publicKey
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            flags = try reader.uint16("flags")
            protocolField = try reader.uint8("protocol")
            algorithm = SecurityAlgorithm(rawValue: try reader.uint8("algorithm"))
            publicKey = reader.rest()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(flags)
            builder.append(protocolField)
            builder.append(algorithm.rawValue)
            builder.append(publicKey)
            return builder.octets
        }

        /// The bit that says that the key signs a zone's data.
        public static let zoneKeyFlag: UInt16 = 0x0100
        /// The bit that marks a secure entry point, by custom a KSK (RFC 3757).
        public static let sepFlag: UInt16 = 0x0001
        /// The bit that revokes a trust anchor (RFC 5011 §7).
        public static let revokeFlag: UInt16 = 0x0080

        /// Whether it may sign a zone's data.
        public var isZoneKey: Bool { flags & Self.zoneKeyFlag != 0 }
        /// Whether it is a secure entry point.
        public var isSEP: Bool { flags & Self.sepFlag != 0 }
        /// Whether it is revoked.
        public var isRevoked: Bool { flags & Self.revokeFlag != 0 }

        /// Whether it asks, as CDNSKEY, the parent to remove the DS records (RFC 8078 §4): `0 3 0 AA==`, or `0 3 0 0` as
        /// the RFC was first printed, which some read as no key at all.
        public var isDeletion: Bool {
            flags == 0 && protocolField == 3 && algorithm == .delete && (publicKey.isEmpty || publicKey == [0])
        }

        /// The number by which RRSIG and DS refer to it (RFC 4034 Appendix B). It changes with the REVOKE flag, and two
        /// keys may share it.
        public var keyTag: UInt16 {
            if algorithm == .rsamd5 {
                // "the most significant 16 of the least significant 24 bits of the public key modulus" (B.1).
                guard publicKey.count >= 3 else { return 0 }
                return UInt16(publicKey[publicKey.count - 3]) << 8 | UInt16(publicKey[publicKey.count - 2])
            }
            var sum = UInt64(flags) + UInt64(protocolField) << 8 + UInt64(algorithm.rawValue)
            for (index, octet) in publicKey.enumerated() {
                sum += index & 1 == 0 ? UInt64(octet) << 8 : UInt64(octet)
            }
            // Appendix B adds the carry once, out of a 32-bit sum.
            let folded = sum & 0xFFFF_FFFF
            return UInt16(truncatingIfNeeded: folded + folded >> 16 & 0xFFFF)
        }
    }
}
