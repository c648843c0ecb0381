extension RData {
    /// The digest of a whole zone (RFC 8976 §2).
    public struct ZONEMD: RDataValue {
        /// ZONEMD.
        public static let type = RRType.zonemd

        /// The serial of the SOA that the digest goes with.
        public var serial: Serial
        /// How the zone is arranged for the digest; 1 is SIMPLE.
        public var scheme: UInt8
        /// The hash; 1 is SHA-384, 2 is SHA-512.
        public var hashAlgorithm: UInt8
        /// The digest, at least 12 octets.
        public var digest: [UInt8]

        /// Creates the data from its fields.
        public init(serial: Serial, scheme: UInt8, hashAlgorithm: UInt8, digest: [UInt8]) {
            self.serial = serial
            self.scheme = scheme
            self.hashAlgorithm = hashAlgorithm
            self.digest = digest
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            serial = Serial(rawValue: try reader.uint32("Serial"))
            scheme = try reader.uint8("Scheme")
            hashAlgorithm = try reader.uint8("Hash Algorithm")
            digest = reader.rest()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(serial.rawValue)
            builder.append(scheme)
            builder.append(hashAlgorithm)
            builder.append(digest)
            return builder.octets
        }
    }
}
