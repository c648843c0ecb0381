extension RData {
    /// What a TLS server's certificate must match (RFC 6698 §2). SMIMEA has the same layout (RFC 8162 §2).
    public struct TLSA: RDataValue {
        /// TLSA.
        public static let type = RRType.tlsa

        /// How the association constrains the certificate.
        public var usage: CertificateUsage
        /// The part of the certificate that is compared.
        public var selector: Selector
        /// How it is compared.
        public var matchingType: MatchingType
        /// The certificate association data.
        public var associationData: [UInt8]

        /// Creates the data from its fields.
        public init(
            usage: CertificateUsage, selector: Selector, matchingType: MatchingType, associationData: [UInt8]
        ) {
            self.usage = usage
            self.selector = selector
            self.matchingType = matchingType
            self.associationData = associationData
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            usage = CertificateUsage(rawValue: try reader.uint8("certificate usage"))
            selector = Selector(rawValue: try reader.uint8("selector"))
            matchingType = MatchingType(rawValue: try reader.uint8("matching type"))
            associationData = reader.rest()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            [usage.rawValue, selector.rawValue, matchingType.rawValue] + associationData
        }
    }
}
