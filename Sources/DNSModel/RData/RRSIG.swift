extension RData {
    /// The signature of an RRset (RFC 4034 §3).
    public struct RRSIG: RDataValue {
        /// RRSIG.
        public static let type = RRType.rrsig

        /// The type of the RRset that is signed.
        public var typeCovered: RRType
        /// The algorithm of the signature.
        public var algorithm: SecurityAlgorithm
        /// The labels of the owner name, without the root and a leading `*`.
        public var labels: UInt8
        /// The TTL of the RRset in the authoritative zone.
        public var originalTTL: TTL
        /// When it ends to be valid: 32 bits of seconds, to be read with ``Timestamp/init(serial:near:)``.
        public var expiration: UInt32
        /// When it begins to be valid: 32 bits of seconds.
        public var inception: UInt32
        /// The key tag of the DNSKEY that verifies it.
        public var keyTag: UInt16
        /// The owner of that DNSKEY, which is the apex of the zone.
        public var signerName: DomainName
        /// The signature, in the form that its algorithm's RFC gives.
        public var signature: [UInt8]

        /// Creates the data from its fields.
        public init(
            typeCovered: RRType, algorithm: SecurityAlgorithm, labels: UInt8, originalTTL: TTL, expiration: UInt32,
            inception: UInt32, keyTag: UInt16, signerName: DomainName, signature: [UInt8]
        ) {
            self.typeCovered = typeCovered
            self.algorithm = algorithm
            self.labels = labels
            self.originalTTL = originalTTL
            self.expiration = expiration
            self.inception = inception
            self.keyTag = keyTag
            self.signerName = signerName
            self.signature = signature
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            typeCovered = RRType(try reader.uint16("type covered"))
            algorithm = SecurityAlgorithm(rawValue: try reader.uint8("algorithm"))
            labels = try reader.uint8("labels")
            originalTTL = TTL(try reader.uint32("original TTL"))
            expiration = try reader.uint32("signature expiration")
            inception = try reader.uint32("signature inception")
            keyTag = try reader.uint16("key tag")
            signerName = try reader.name("signer's name")
            signature = reader.rest()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { wireFormatWithoutSignature + signature }

        /// The RDATA up to the signature: the head of what is signed, once the signer's name is in lower case
        /// (RFC 4034 §3.1.8.1).
        public var wireFormatWithoutSignature: [UInt8] {
            var builder = RDataBuilder()
            builder.append(typeCovered.rawValue)
            builder.append(algorithm.rawValue)
            builder.append(labels)
            builder.append(originalTTL.rawValue)
            builder.append(expiration)
            builder.append(inception)
            builder.append(keyTag)
            builder.append(signerName)
            return builder.octets
        }
    }
}
