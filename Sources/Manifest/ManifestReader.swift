import DNSModel
public import Diagnostics
import Yams

/// Reads `danectl.yaml`: text in, checked intent and findings out. It opens no file.
public enum ManifestReader {
    /// Reads a manifest.
    ///
    /// - Parameters:
    ///   - text: The YAML text.
    ///   - file: The name for findings.
    /// - Returns: The manifest when its structure could be understood, and every mistake with line, column and, where one
    ///   is near, a suggestion. A manifest with errors must not be acted upon.
    public static func read(_ text: String, file: String) -> Diagnosed<Manifest> {
        var findings: [Diagnostic] = []
        guard let root = root(of: text, file: file, &findings),
            var mapping = MappingReader(root, path: "", into: &findings)
        else { return Diagnosed(nil, findings) }
        checkVersion(&mapping, &findings)

        var policies: [String: SigningPolicy] = [:]
        for (name, _, node) in entries("policies", &mapping, &findings) {
            policies[name] = PolicyReader.read(name, node, &findings)
        }
        var zones: [ZoneIntent] = []
        for (name, location, node) in entries("zones", &mapping, &findings) {
            guard let zone = ZoneReader.read(name, location, node, policies: policies, &findings) else { continue }
            if zones.contains(where: { $0.name == zone.name }) {
                findings.append(
                    .error("manifest/duplicate", at: location, "zone \(zone.name) stands twice", .rfc(4343, "3")))
                continue
            }
            if let other = zones.first(where: { $0.output.value == zone.output.value }) {
                findings.append(
                    .error(
                        "manifest/shared-output", at: zone.output.location,
                        "zones \(other.name) and \(zone.name) have the same 'output'"))
            }
            zones.append(zone)
        }
        var certificates: [CertificateIntent] = []
        for (name, _, node) in entries("certificates", &mapping, &findings) {
            guard let certificate = CertificateReader.read(name, node, &findings) else { continue }
            if let document = certificate.posh?.document,
                let other = certificates.first(where: { $0.posh?.document.value == document.value })
            {
                findings.append(
                    .error(
                        "manifest/shared-output", at: document.location,
                        "certificates '\(other.name)' and '\(name)' have the same POSH document"))
            }
            certificates.append(certificate)
        }
        let services =
            mapping.take("services").map { ServiceReader.read($0, certificates: certificates, &findings) } ?? []
        mapping.finish(&findings)
        if zones.isEmpty, !findings.hasErrors {
            findings.append(
                .warning(
                    "manifest/no-zones", at: root.location, "the manifest names no zone",
                    hint:
                        "add 'zones: { example.org: { source: example.org.zone } }', or run 'danectl init example.org'")
            )
        }
        let manifest = Manifest(file: file, zones: zones, certificates: certificates, services: services)
        return Diagnosed(manifest, findings.sorted { ($0.location ?? root.location) < ($1.location ?? root.location) })
    }

    private static func entries(
        _ key: String, _ mapping: inout MappingReader, _ findings: inout [Diagnostic]
    ) -> [(key: String, location: SourceLocation, value: ManifestNode)] {
        guard let node = mapping.take(key), var inner = MappingReader(node, path: key, into: &findings) else {
            return []
        }
        return inner.takeAll()
    }

    private static func checkVersion(_ mapping: inout MappingReader, _ findings: inout [Diagnostic]) {
        guard let node = mapping.take("version") else {
            findings.append(
                .error(
                    "manifest/version", at: mapping.location, "the manifest has no 'version'", hint: "add 'version: 1'")
            )
            return
        }
        if node.text != "1" {
            findings.append(
                .badValue(
                    "manifest/version", node, key: "version", expected: "1",
                    hint: "this danectl reads version 1 of the manifest"))
        }
    }

    /// The document's root; what YAML itself does not accept is reported with its place.
    private static func root(of text: String, file: String, _ findings: inout [Diagnostic]) -> ManifestNode? {
        func fail(_ message: String, _ mark: Mark? = nil) {
            findings.append(
                .error(
                    "manifest/yaml",
                    at: SourceLocation(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0), message))
        }
        guard nesting(of: text) <= 64 else {
            fail("brackets nest deeper than 64 levels")
            return nil
        }
        do {
            guard let node = try Yams.compose(yaml: text, .basic, .default, .utf8) else {
                fail("the manifest is empty")
                return nil
            }
            return ManifestNode(node, file: file)
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                fail("not YAML: \(problem)", mark)
            case .duplicatedKeysInMapping(let duplicates, let context):
                fail("key \(duplicates.map { "'\($0)'" }.joined(separator: ", ")) stands twice", context.mark)
            case .reader(let problem, _, _, _):
                fail("not YAML: \(problem)")
            default:
                fail("not YAML")
            }
        } catch {
            fail("not YAML")
        }
        return nil
    }

    /// How deep brackets and block sequences nest at the most: the composer recurses, so hostile depth is refused before it.
    private static func nesting(of text: String) -> Int {
        var depth = 0
        var deepest = 0
        var indentation = 0
        var atLineStart = true
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "\n"):
                atLineStart = true
                indentation = 0
                continue
            default: break
            }
            if atLineStart, octet == UInt8(ascii: " ") || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "?") {
                indentation += 1
            } else {
                atLineStart = false
            }
            deepest = max(deepest, depth + indentation / 2)
        }
        return deepest
    }
}
