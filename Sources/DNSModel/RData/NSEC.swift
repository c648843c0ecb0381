extension RData {
    /// The next owner name of the zone and the types at this one (RFC 4034 §4).
    public struct NSEC: RDataValue {
        /// NSEC.
        public static let type = RRType.nsec

        /// The next owner name in canonical order; the apex after the last.
        public var nextDomainName: DomainName
        /// The types at this owner.
        public var types: TypeBitmap

        /// Creates the data from its fields.
        public init(nextDomainName: DomainName, types: TypeBitmap) {
            self.nextDomainName = nextDomainName
            self.types = types
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            nextDomainName = try reader.name("next domain name")
            types = try TypeBitmap(wireFormat: reader.rest())
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { nextDomainName.wireFormat + types.wireFormat }
    }
}
