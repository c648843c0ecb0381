extension RData {
    /// An authoritative name server (RFC 1035 §3.3.11).
    public struct NS: RDataValue {
        /// NS.
        public static let type = RRType.ns

        /// The server's host name.
        public var target: DomainName

        /// Creates the data from its field.
        public init(target: DomainName) { self.target = target }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            target = try reader.name("NSDNAME")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { target.wireFormat }
    }

    /// The canonical name of an alias (RFC 1035 §3.3.1).
    public struct CNAME: RDataValue {
        /// CNAME.
        public static let type = RRType.cname

        /// The name that the owner is an alias of.
        public var target: DomainName

        /// Creates the data from its field.
        public init(target: DomainName) { self.target = target }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            target = try reader.name("CNAME")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { target.wireFormat }
    }

    /// A pointer to another name (RFC 1035 §3.3.12).
    public struct PTR: RDataValue {
        /// PTR.
        public static let type = RRType.ptr

        /// The name it points to.
        public var target: DomainName

        /// Creates the data from its field.
        public init(target: DomainName) { self.target = target }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            target = try reader.name("PTRDNAME")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { target.wireFormat }
    }

    /// The redirection of a subtree (RFC 6672 §2).
    public struct DNAME: RDataValue {
        /// DNAME.
        public static let type = RRType.dname

        /// The name below which the owner's subtree is found.
        public var target: DomainName

        /// Creates the data from its field.
        public init(target: DomainName) { self.target = target }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            target = try reader.name("target")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] { target.wireFormat }
    }
}
