import DANE
import DNSModel
import DNSSEC
import Manifest
import OpenSSLBridge
import Workspace

/// What reads octets that others wrote, each as a fuzzer feeds it.
enum FuzzTarget: String, CaseIterable {
    case zone, rdata, wire, keys, manifest, certificates, tlsa, posh, state

    /// Feeds octets; what holds for every input and does not hold for this one is returned.
    func run(_ octets: UnsafeRawBufferPointer) -> String? {
        switch self {
        case .zone: return ZoneFileFuzzEntry.run(octets)
        case .rdata:
            guard octets.count > 2 else { return nil }
            return Self.rdata(type: Self.type(octets), String(decoding: octets.dropFirst(2), as: UTF8.self))
        case .wire:
            guard octets.count > 2, octets.count < 65_538 else { return nil }
            let digits = Array("0123456789abcdef".utf8)
            let hex = octets.dropFirst(2).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
            return Self.rdata(
                type: Self.type(octets), "\\# \(octets.count - 2) \(String(decoding: hex, as: UTF8.self))")
        case .keys:
            // The halves and the state, one after the other, apart by a line of dashes.
            let parts = String(decoding: octets, as: UTF8.self).split(
                separator: "-----\n", maxSplits: 2, omittingEmptySubsequences: false)
            let sources = parts.enumerated().map { index, part in
                KeyFileSource(
                    file: "Kexample.+013+00001." + ["key", "private", "state"][index], octets: Array(part.utf8))
            }
            _ = KeyFile.read(
                publicHalf: sources[0], privateHalf: sources.count > 1 ? sources[1] : nil,
                state: sources.count > 2 ? sources[2] : nil)
        case .manifest: _ = ManifestReader.read(String(decoding: octets, as: UTF8.self), file: "fuzz.yaml")
        case .certificates:
            let found = Array(octets)
            _ = try? CredentialBundle(found)
            if let certificate = try? Certificate(der: found) { _ = "\(certificate.subjectAlternativeNames)" }
        case .tlsa: return Self.tlsa(String(decoding: octets, as: UTF8.self))
        case .posh: _ = POSHDocument.parse(Array(octets), file: "fuzz.json")
        case .state: return StateFuzzEntry.run(octets)
        }
        return nil
    }

    /// The first two octets say which type it is; mostly one that has a layout.
    private static func type(_ octets: UnsafeRawBufferPointer) -> RRType {
        RRType(UInt16(octets[0] & 1) << 8 | UInt16(octets[1]))
    }

    /// What can be read can be printed, and is read as the same again, in the type's own form and in the generic one.
    private static func rdata(type: RRType, _ text: String) -> String? {
        guard let wire = try? RDataParser.rdata(type, from: text), wire.count <= 65_535 else { return nil }
        var own: [UInt8] = []
        var generic: [UInt8] = []
        RDataPrinter.append(type, wire.span, to: &own)
        RDataPrinter.appendGeneric(wire.span, to: &generic)
        for printed in [own, generic] {
            let printed = String(decoding: printed, as: UTF8.self)
            do throws(RDataError) {
                guard try RDataParser.rdata(type, from: printed) == wire else {
                    return "\(type) is read differently once printed: \(printed)"
                }
            } catch {
                return "\(type) cannot be read once printed: \(printed): \(error)"
            }
        }
        return nil
    }

    private static func tlsa(_ text: String) -> String? {
        guard let parameters = try? TLSAParameters(parsing: text) else { return nil }
        let printed = "\(parameters.usage.rawValue) \(parameters.selector.rawValue) \(parameters.matchingType.rawValue)"
        guard let again = try? TLSAParameters(parsing: printed), again == parameters else {
            return "parameters are read differently once printed: \(printed)"
        }
        return nil
    }
}
