import CLDNS
public import DNSModel

/// libldns's reading of single records in presentation format: a second opinion on ours.
///
/// What libldns 1.8.3 does not know or gets wrong is listed with the tests that compare the two.
public enum LDNSReader {
    /// Why libldns does not take a text.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// The number of libldns's status.
        public let status: Int
        /// libldns's words for it.
        public let description: String
    }

    /// The type and the RDATA in wire format of a record such as `www.example. 3600 IN A 192.0.2.1`.
    ///
    /// - Parameters:
    ///   - text: One record on one line, without parentheses.
    ///   - origin: What relative names are relative to.
    /// - Throws: ``Refusal`` when libldns cannot make a record of it.
    public static func rdata(
        fromRecordText text: String, origin: DomainName = .root
    ) throws(Refusal) -> (type: RRType, wireFormat: [UInt8]) {
        let originName = ldns_dname_new_frm_str(origin.presentationFormat)
        defer { ldns_rdf_deep_free(originName) }
        // On failure the pointer stays nil; on success the caller owns the record and all its fields.
        var record: UnsafeMutablePointer<ldns_rr>?
        let status = ldns_rr_new_frm_str(&record, text, 3_600, originName, nil)
        guard status == LDNS_STATUS_OK, let record else { throw Refusal(status) }
        defer { ldns_rr_free(record) }
        guard let buffer = ldns_buffer_new(512) else { throw Refusal(LDNS_STATUS_MEM_ERR) }
        defer { ldns_buffer_free(buffer) }
        let written = ldns_rr_rdata2buffer_wire(buffer, record)
        guard written == LDNS_STATUS_OK else { throw Refusal(written) }
        let octets = UnsafeBufferPointer(start: ldns_buffer_begin(buffer), count: ldns_buffer_position(buffer))
        return (RRType(UInt16(truncatingIfNeeded: ldns_rr_get_type(record).rawValue)), Array(octets))
    }
}

extension LDNSReader.Refusal {
    fileprivate init(_ status: ldns_status) {
        self.status = Int(status.rawValue)
        self.description = String(cString: ldns_get_errorstr_by_id(status))
    }
}
