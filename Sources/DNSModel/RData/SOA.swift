extension RData {
    /// The start of a zone of authority (RFC 1035 §3.3.13).
    public struct SOA: RDataValue {
        /// SOA.
        public static let type = RRType.soa

        /// The primary name server.
        public var mname: DomainName
        /// The mailbox of the person responsible, its first label being the part before the `@`.
        public var rname: DomainName
        /// The version of the zone.
        public var serial: Serial
        /// Seconds between a secondary's checks.
        public var refresh: UInt32
        /// Seconds until a secondary tries again after a failed check.
        public var retry: UInt32
        /// Seconds after which a secondary that reaches no primary stops serving.
        public var expire: UInt32
        /// Seconds that a negative answer may be cached, at the most (RFC 2308 §4).
        public var minimum: UInt32

        /// Creates the data from its fields.
        public init(
            mname: DomainName, rname: DomainName, serial: Serial, refresh: UInt32, retry: UInt32, expire: UInt32,
            minimum: UInt32
        ) {
            self.mname = mname
            self.rname = rname
            self.serial = serial
            self.refresh = refresh
            self.retry = retry
            self.expire = expire
            self.minimum = minimum
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            mname = try reader.name("MNAME")
            rname = try reader.name("RNAME")
            serial = Serial(rawValue: try reader.uint32("SERIAL"))
            refresh = try reader.uint32("REFRESH")
            retry = try reader.uint32("RETRY")
            expire = try reader.uint32("EXPIRE")
            minimum = try reader.uint32("MINIMUM")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(mname)
            builder.append(rname)
            for value in [serial.rawValue, refresh, retry, expire, minimum] { builder.append(value) }
            return builder.octets
        }
    }
}
