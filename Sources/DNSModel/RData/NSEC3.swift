extension RData {
    /// The next hashed owner name of the zone and the types at this one (RFC 5155 §3).
    public struct NSEC3: RDataValue {
        /// NSEC3.
        public static let type = RRType.nsec3

        /// The hash; 1 is SHA-1, the only one there is.
        public var hashAlgorithm: UInt8
        /// The flags; see ``isOptOut``.
        public var flags: UInt8
        /// How many more times the hash is applied.
        public var iterations: UInt16
        /// What is appended to the name before each hash, up to 255 octets.
        public var salt: [UInt8]
        /// The next hash in the zone, 1 to 255 octets, not in base 32.
        public var nextHashedOwner: [UInt8]
        /// The types at this owner.
        public var types: TypeBitmap

        /// Creates the data from its fields.
        public init(
            hashAlgorithm: UInt8, flags: UInt8, iterations: UInt16, salt: [UInt8], nextHashedOwner: [UInt8],
            types: TypeBitmap
        ) {
            self.hashAlgorithm = hashAlgorithm
            self.flags = flags
            self.iterations = iterations
            self.salt = salt
            self.nextHashedOwner = nextHashedOwner
            self.types = types
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            hashAlgorithm = try reader.uint8("hash algorithm")
            flags = try reader.uint8("flags")
            iterations = try reader.uint16("iterations")
            salt = try reader.counted("salt")
            nextHashedOwner = try reader.counted("next hashed owner name")
            guard !nextHashedOwner.isEmpty else {
                throw .malformed(field: "next hashed owner name", "it is empty; 1 to 255 octets are allowed")
            }
            types = try TypeBitmap(wireFormat: reader.rest())
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(hashAlgorithm)
            builder.append(flags)
            builder.append(iterations)
            builder.appendCounted(salt)
            builder.appendCounted(nextHashedOwner)
            builder.append(types.wireFormat)
            return builder.octets
        }

        /// The bit that says that unsigned delegations may lie in between.
        public static let optOutFlag: UInt8 = 0x01
        /// Whether unsigned delegations may lie between this hash and the next.
        public var isOptOut: Bool { flags & Self.optOutFlag != 0 }
    }

    /// The parameters of a zone's NSEC3 chain (RFC 5155 §4).
    public struct NSEC3PARAM: RDataValue {
        /// NSEC3PARAM.
        public static let type = RRType.nsec3param

        /// The hash; 1 is SHA-1, the only one there is.
        public var hashAlgorithm: UInt8
        /// The flags; 0 unless a server uses them for its own ends.
        public var flags: UInt8
        /// How many more times the hash is applied.
        public var iterations: UInt16
        /// What is appended to the name before each hash, up to 255 octets.
        public var salt: [UInt8]

        /// Creates the data from its fields.
        public init(hashAlgorithm: UInt8, flags: UInt8, iterations: UInt16, salt: [UInt8]) {
            self.hashAlgorithm = hashAlgorithm
            self.flags = flags
            self.iterations = iterations
            self.salt = salt
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            hashAlgorithm = try reader.uint8("hash algorithm")
            flags = try reader.uint8("flags")
            iterations = try reader.uint16("iterations")
            salt = try reader.counted("salt")
            try reader.finish()
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            builder.append(hashAlgorithm)
            builder.append(flags)
            builder.append(iterations)
            builder.appendCounted(salt)
            return builder.octets
        }
    }
}
