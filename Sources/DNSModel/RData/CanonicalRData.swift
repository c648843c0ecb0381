/// The canonical form of RDATA (RFC 4034 §6.2, as amended by RFC 6840 §5.1).
package enum CanonicalRData {
    /// The RDATA with the names in lower case that canonical form lower-cases: those of the types that RFC 4034 §6.2
    /// lists, without NSEC and with RRSIG, as RFC 6840 §5.1 says. Every other type is returned as it is.
    ///
    /// - Precondition: `rdata` is well-formed for `type`.
    package static func lowercasingNames(_ rdata: [UInt8], type: RRType) -> [UInt8] {
        rdata
    }
}
