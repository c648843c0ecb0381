extension RData {
    /// The digest of a child's key (RFC 4034 §5). CDS has the same layout (RFC 7344 §3.1).
    public struct DS: RDataValue {
        /// DS.
        public static let type = RRType.ds

        /// The key tag of the DNSKEY it speaks of.
        public var keyTag: UInt16
        /// The algorithm of that DNSKEY.
        public var algorithm: SecurityAlgorithm
        /// The algorithm of the digest.
        public var digestType: DigestType
        /// The digest over the DNSKEY's owner name and RDATA.
        public var digest: [UInt8]

        /// Creates the data from its fields.
        public init(keyTag: UInt16, algorithm: SecurityAlgorithm, digestType: DigestType, digest: [UInt8]) {
            self.keyTag = keyTag
            self.algorithm = algorithm
            self.digestType = digestType
            self.digest = digest
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            keyTag = try reader.uint16("key tag")
            algorithm = SecurityAlgorithm(rawValue: try reader.uint8("algorithm"))
            digestType = DigestType(rawValue: try reader.uint8("digest type"))
            digest = reader.rest()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(keyTag)
            builder.append(algorithm.rawValue)
            builder.append(digestType.rawValue)
            builder.append(digest)
            return builder.octets
        }

        /// Whether it asks, as CDS, the parent to remove the DS records (RFC 8078 §4): `0 0 0 00`, or `0 0 0 0` as the
        /// RFC was first printed, which some read as no digest at all.
        public var isDeletion: Bool {
            keyTag == 0 && algorithm == .delete && digestType == .delete && (digest.isEmpty || digest == [0])
        }
    }
}
