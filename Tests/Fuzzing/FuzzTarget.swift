import DANE
import DNSModel
import DNSSEC
import Manifest
import OpenSSLBridge
import Workspace

/// What reads octets that others wrote, each as a fuzzer feeds it.
enum FuzzTarget: String, CaseIterable {
    case zone, changes, rdata, wire, keys, manifest, certificates, tlsa, posh, state, provenance

    /// Feeds octets; what holds for every input and does not hold for this one is returned.
    func run(_ octets: UnsafeRawBufferPointer) -> String? {
        switch self {
        case .zone: return ZoneFileFuzzEntry.run(octets)
        case .changes:
            let parts = Self.parts(octets, 2)
            return parts.count == 2 ? OutlineFuzzing.run(Array(parts[0].utf8), Array(parts[1].utf8)) : nil
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
            // The halves and the state.
            let sources = Self.parts(octets, 3).enumerated().map { index, part in
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
        case .provenance: return ProvenanceFuzzEntry.run(octets)
        }
        return nil
    }

    /// Texts one after the other, apart by a line of dashes.
    private static func parts(_ octets: UnsafeRawBufferPointer, _ count: Int) -> [Substring] {
        String(decoding: octets, as: UTF8.self).split(
            separator: "-----\n", maxSplits: count - 1, omittingEmptySubsequences: false)
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
