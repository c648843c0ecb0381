/// The data of resource records as values: a struct for each type that this library's logic looks into.
///
/// All other types stay octets; `RDataParser`, `RDataPrinter` and `RDataLayout` know every type of the registry.
public enum RData {}

/// The data of one resource record as a value.
public protocol RDataValue: Sendable, Hashable {
    /// The type whose data it is.
    static var type: RRType { get }

    /// Reads RDATA in wire format, which must be filled exactly. Names must not be compressed.
    init(wireFormat: some Collection<UInt8>) throws(RDataWireError)

    /// The RDATA in wire format, names uncompressed and in the case they were written in.
    var wireFormat: [UInt8] { get }
}
