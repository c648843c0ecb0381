public import DNSModel
import DNSSEC
public import Diagnostics
import Manifest

/// Looking at everything and changing nothing: `danectl check`.
public enum Inspection {
    /// Everything that is wrong with one zone file.
    public static func zoneFile(_ path: String, origin: DomainName?, workers: Workers) throws(Failure) -> [Diagnostic] {
        let input = try ZoneInput(path, origin: origin, workers: workers)
        let result = input.read()
        guard let zone = result.value else { return result.diagnostics }
        return result.diagnostics + ZoneCheck.findings(in: zone, workers: workers, locate: input.makeLocator())
    }

    /// Everything that is wrong with a manifest, its zones, keys, services and certificates.
    public static func manifest(_ path: String, now: Timestamp, workers: Workers) throws(Failure) -> [Diagnostic] {
        let result = ManifestReader.read(try InputFile.text(of: path), file: path)
        guard let manifest = result.value else { return result.diagnostics }
        let workspace = ManifestWorkspace(manifest: manifest, folder: Path.folder(of: path))
        var findings = result.diagnostics
        for zone in manifest.zones {
            do throws(Failure) {
                findings += try inspect(zone, in: workspace, now: now, workers: workers)
            } catch {
                findings += error.diagnostics
            }
        }
        do throws(Failure) {
            findings += try ServiceInspection.findings(workspace, now: now, workers: workers)
        } catch {
            findings += error.diagnostics
        }
        return findings
    }

    private static func inspect(
        _ intent: ZoneIntent, in workspace: ManifestWorkspace, now: Timestamp, workers: Workers
    ) throws(Failure) -> [Diagnostic] {
        var findings = intent.signingParameters(now: now).findings.map { finding in
            var finding = finding
            finding.location = finding.location ?? intent.policy.location
            return finding
        }
        let source = workspace.path(intent.source.value)
        let input = try ZoneInput(
            source, origin: intent.name, allowsIncludesOutsideFolder: intent.allowsIncludesOutsideFolder,
            workers: workers)
        let result = input.read()
        findings += result.diagnostics
        if let zone = result.value {
            if zone.apex != intent.name {
                findings.append(
                    .error(
                        "zone/apex", at: SourceLocation(file: source),
                        "the zone's apex is \(zone.apex), the manifest calls it \(intent.name)"))
            }
            findings += ZoneCheck.findings(in: zone, workers: workers, locate: input.makeLocator())
            findings += SignatureTimesCheck.findings(intent, zone: zone)
        }
        findings += try workspace.keyStore(of: intent).keys(of: intent.name).diagnostics
        return findings
    }
}
