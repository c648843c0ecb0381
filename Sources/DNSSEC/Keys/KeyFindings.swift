import DNSModel
import Diagnostics
import OpenSSLBridge

/// What can be said about a single DNSKEY.
enum KeyFindings {
    /// Faults of the record itself: flags, protocol, and the octets of the key.
    static func about(_ record: DNSKEYRecord) -> [Diagnostic] {
        let dnskey = record.dnskey
        let name = "\(record.owner) key tag \(dnskey.keyTag)"
        var findings: [Diagnostic] = []
        if !dnskey.isZoneKey {
            findings.append(
                .error(
                    KeyRules.notZoneKey, at: record.location, "\(name) has flags \(dnskey.flags) without the ZONE bit",
                    .rfc(4034, "2.1.1")))
        }
        if dnskey.protocolField != 3 {
            findings.append(
                .error(
                    KeyRules.protocolField, at: record.location,
                    "\(name) has protocol \(dnskey.protocolField); 3 is expected", .rfc(4034, "2.1.2")))
        }
        guard let scheme = dnskey.algorithm.signatureAlgorithm else { return findings }
        do throws(OpenSSLError) {
            _ = try dnskey.makePublicKey()
        } catch {
            findings.append(
                .error(
                    error.code == .keySize ? KeyRules.size : KeyRules.malformed, at: record.location,
                    "\(name): \(error)"))
            return findings
        }
        guard scheme.modulusBits != nil, let form = try? RSAPublicKeyForm(dnskey.publicKey) else { return findings }
        if form.hasLeadingZeros || form.usesLongFormNeedlessly {
            let what = form.hasLeadingZeros ? "leading zeros" : "a longer exponent length than it needs"
            findings.append(
                .warning(KeyRules.rsaForm, at: record.location, "\(name) is written with \(what)", .rfc(3110, "2")))
        }
        if form.modulusBits < 1024 {
            findings.append(
                .warning(
                    KeyRules.size, at: record.location,
                    "\(name) has a modulus of \(form.modulusBits) bits; less than 1024 can be factored",
                    .rfc(6781, "3.4.2")))
        }
        return findings
    }
}
