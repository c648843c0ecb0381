public import DNSModel
public import Diagnostics

/// What the operator wants, read from `danectl.yaml` and checked: every value is complete and every reference resolves.
///
/// Paths are as written: relative ones are relative to the manifest's folder, which only the shell knows.
public struct Manifest: Sendable, Hashable {
    /// The file it came from, as the user named it.
    public var file: String
    /// The zones to sign, in the order of the file.
    public var zones: [ZoneIntent]
    /// The certificates by name, in the order of the file.
    public var certificates: [CertificateIntent]
    /// The services that clients find and whose certificates TLSA records must match, in the order of the file.
    public var services: [ServiceIntent]

    /// Creates a manifest.
    public init(file: String, zones: [ZoneIntent], certificates: [CertificateIntent], services: [ServiceIntent]) {
        self.file = file
        self.zones = zones
        self.certificates = certificates
        self.services = services
    }

    /// The zone of that name, or `nil`.
    public func zone(named name: DomainName) -> ZoneIntent? { zones.first { $0.name == name } }

    /// The certificate of that name, or `nil`.
    public func certificate(named name: String) -> CertificateIntent? { certificates.first { $0.name == name } }
}

/// A value together with the place in the manifest where it stands, so that later findings can point there.
public struct Located<Value> {
    /// The value.
    public var value: Value
    /// Where it was written; where it is a default, the place of the mapping it would stand in.
    public var location: SourceLocation

    /// Creates a located value.
    public init(_ value: Value, at location: SourceLocation) {
        self.value = value
        self.location = location
    }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
