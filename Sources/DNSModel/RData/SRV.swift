extension RData {
    /// The location of a service (RFC 2782).
    public struct SRV: RDataValue {
        /// SRV.
        public static let type = RRType.srv

        /// Lower is tried first.
        public var priority: UInt16
        /// The share among targets of the same priority.
        public var weight: UInt16
        /// The port on the target.
        public var port: UInt16
        /// The host, which must not be an alias; the root when the service is decidedly not there.
        public var target: DomainName

        /// Creates the data from its fields.
        public init(priority: UInt16, weight: UInt16, port: UInt16, target: DomainName) {
            self.priority = priority
            self.weight = weight
            self.port = port
            self.target = target
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            priority = try reader.uint16("Priority")
            weight = try reader.uint16("Weight")
            port = try reader.uint16("Port")
            target = try reader.name("Target")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(priority)
            builder.append(weight)
            builder.append(port)
            builder.append(target)
            return builder.octets
        }
    }

    /// A mail exchange (RFC 1035 §3.3.9).
    public struct MX: RDataValue {
        /// MX.
        public static let type = RRType.mx

        /// Lower is tried first.
        public var preference: UInt16
        /// The host, which must not be an alias; the root when there is no mail (RFC 7505).
        public var exchange: DomainName

        /// Creates the data from its fields.
        public init(preference: UInt16, exchange: DomainName) {
            self.preference = preference
            self.exchange = exchange
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            preference = try reader.uint16("PREFERENCE")
            exchange = try reader.name("EXCHANGE")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(preference)
            builder.append(exchange)
            return builder.octets
        }
    }
}
