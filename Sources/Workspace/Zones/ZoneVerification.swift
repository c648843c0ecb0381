public import DNSModel
public import DNSSEC
public import Diagnostics

/// Verifying a signed zone file against anchors from a file.
public struct ZoneVerification: Sendable {
    private let file: String
    private let origin: DomainName?
    private let anchorFile: String?
    private let allowsIncludesOutsideFolder: Bool
    private let workers: Workers

    /// Prepares a verification.
    public init(
        file: String, origin: DomainName?, anchorFile: String?, allowsIncludesOutsideFolder: Bool, workers: Workers
    ) {
        self.file = file
        self.origin = origin
        self.anchorFile = anchorFile
        self.allowsIncludesOutsideFolder = allowsIncludesOutsideFolder
        self.workers = workers
    }

    /// Reads and judges the zone.
    ///
    /// - Returns: The report, and what was found while reading the text.
    /// - Throws: ``Failure`` when the zone or the anchors cannot be read.
    public func run(at time: Timestamp) throws(Failure) -> (report: ValidationReport, reading: [Diagnostic]) {
        let input = try ZoneInput(
            file, origin: origin, allowsIncludesOutsideFolder: allowsIncludesOutsideFolder, workers: workers)
        let (zone, reading) = try input.zone()
        if let origin, zone.apex != origin {
            throw Failure(
                .badInput,
                .error(
                    "zone/apex", at: SourceLocation(file: file), "the zone's apex is \(zone.apex), expected \(origin)"))
        }
        var anchors: [TrustAnchor] = []
        if let anchorFile {
            anchors = try TrustAnchorFile.read(anchorFile, zone: zone.apex)
        }
        let report = ZoneValidator.validate(zone, at: time, anchors: anchors, options: .standard, workers: workers)
        return (located(report, in: input), reading)
    }

    /// Gives each finding the place of the record at fault; of one that is missing, that of its owner; else the file.
    private func located(_ report: ValidationReport, in input: ZoneInput) -> ValidationReport {
        let locator = RecordLocator(input.source, options: input.options)
        return report.located { finding in
            var place: SourceLocation?
            if let owner = finding.owner {
                if let type = finding.type {
                    if let tag = finding.keyTag, type != .dnskey {
                        place = locator.signatureLocation(of: owner, covering: type, keyTag: tag)
                    }
                    place = place ?? locator.location(of: owner, type: type)
                }
                place = place ?? locator.location(of: owner)
            }
            return place ?? SourceLocation(file: input.source.name)
        }
    }
}
