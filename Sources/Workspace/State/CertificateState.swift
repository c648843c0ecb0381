import DNSModel
import Rollover

/// What was done with one certificate: facts, never conclusions.
struct CertificateState: Codable, Sendable, Equatable {
    static let format = "danectl.certificate-state/1"

    var format = Self.format
    /// The certificate's name in the manifest.
    var certificate: String
    /// What its servers presented, earliest first.
    var events: [Event] = []
    /// The deployment that was begun and whose end nobody has recorded.
    var deployment: Deployment?
    /// When staged chains were first seen, by label.
    var stagedSeen: [String: StateTime] = [:]
    /// The labels of staged chains that the operator has given up, with the time.
    var aborted: [String: StateTime] = [:]
    /// The label of the chain that was live before, when the operator wants it back.
    var returningTo: String?
    /// The label of the live chain whose key is known to others, when the operator has said so.
    var compromised: String?

    /// The SHA-256 digests of all public keys whose private keys are known to others, with the time; `nil` for none.
    var compromisedKeys: [String: StateTime]?

    /// What its POSH document said, earliest first; `nil` when there never was one.
    var documents: [Event]?

    /// What its servers presented, without saying each time what it is about.
    var history: History { events.history }

    /// Forgets what nobody can meet any more: see ``History/forgetting(before:)``.
    mutating func forget(before limit: Timestamp) {
        events.forget(before: limit)
        documents?.forget(before: limit)
    }

    /// Notes that a certificate's private key is known to others.
    mutating func compromise(_ credential: Credential, at time: Timestamp) {
        compromised = credential.label
        var keys = compromisedKeys ?? [:]
        keys[credential.keyDigest] = keys[credential.keyDigest] ?? StateTime(time)
        compromisedKeys = keys
    }

    /// Whether a certificate's private key is known to others.
    func isCompromised(_ credential: Credential) -> Bool {
        compromised == credential.label || compromisedKeys?[credential.keyDigest] != nil
    }

    /// A deployment under way; its files are in the folder beside the state.
    struct Deployment: Codable, Sendable, Hashable {
        /// When it began.
        var began: StateTime
        /// The label of the chain that goes live.
        var chain: String
    }

    init(certificate: String) { self.certificate = certificate }
}
