extension RData {
    /// An IPv4 address (RFC 1035 §3.4.1).
    public struct A: RDataValue {
        /// A.
        public static let type = RRType.a

        /// The 4 octets of the address, in network order.
        public let octets: [UInt8]

        /// Reads RDATA in wire format, which is the address.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            octets = try reader.take(4, "ADDRESS")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { octets }
    }

    /// An IPv6 address (RFC 3596 §2.2).
    public struct AAAA: RDataValue {
        /// AAAA.
        public static let type = RRType.aaaa

        /// The 16 octets of the address, in network order.
        public let octets: [UInt8]

        /// Reads RDATA in wire format, which is the address.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            octets = try reader.take(16, "ADDRESS")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { octets }
    }
}
