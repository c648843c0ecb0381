extension RData {
    /// Text strings (RFC 1035 §3.3.14).
    public struct TXT: RDataValue {
        /// TXT.
        public static let type = RRType.txt

        /// One or more strings of up to 255 octets each.
        public let strings: [[UInt8]]

        /// Creates the data from its strings, or `nil` when there is none or one is longer than 255 octets.
        public init?(strings: [[UInt8]]) {
            guard !strings.isEmpty, strings.allSatisfy({ $0.count <= 255 }) else { return nil }
            self.strings = strings
        }

        /// Reads RDATA in wire format.
        public init(wireFormat: some Collection<UInt8>) throws(RDataWireError) {
            var reader = RDataReader(wireFormat)
            var strings: [[UInt8]] = []
            repeat { strings.append(try reader.counted("TXT-DATA")) } while reader.remaining > 0
            self.strings = strings
        }

        /// The RDATA in wire format.
        public var wireFormat: [UInt8] {
            var builder = RDataBuilder()
            for string in strings { builder.appendCounted(string) }
            return builder.octets
        }
    }
}
