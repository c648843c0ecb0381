public import DNSModel

/// When things happen to a key: the metadata of BIND's key files. What is `nil` is not planned.
public struct KeyTiming: Sendable, Hashable {
    /// When the key was made.
    public var created: Timestamp?
    /// When its DNSKEY is to be published.
    public var publish: Timestamp?
    /// When it is to begin to sign.
    public var activate: Timestamp?
    /// When it is to be published with the REVOKE flag (RFC 5011 §2.1).
    public var revoke: Timestamp?
    /// When it is to stop signing; it stays published.
    public var inactive: Timestamp?
    /// When its DNSKEY is to be taken away.
    public var delete: Timestamp?
    /// When the parent published its DS.
    public var dsPublish: Timestamp?
    /// When CDS and CDNSKEY records for it are to be published (RFC 7344).
    public var syncPublish: Timestamp?
    /// When CDS and CDNSKEY records for it are to be taken away.
    public var syncDelete: Timestamp?

    /// Nothing planned: a key without any metadata is published and signs, always.
    public init() {}

    /// A key that is made, published and active at one moment.
    public static func immediate(_ now: Timestamp) -> KeyTiming {
        var timing = KeyTiming()
        timing.created = now
        timing.publish = now
        timing.activate = now
        return timing
    }

    /// Whether there is no metadata at all, as in key files of version 1.2.
    public var isEmpty: Bool { self == KeyTiming() }

    /// BIND's names of the fields, in the order in which BIND writes them.
    enum Field: String, CaseIterable {
        case created = "Created"
        case publish = "Publish"
        case activate = "Activate"
        case revoke = "Revoke"
        case inactive = "Inactive"
        case delete = "Delete"
        case dsPublish = "DSPublish"
        case syncPublish = "SyncPublish"
        case syncDelete = "SyncDelete"
    }

    /// The time in a field.
    subscript(field: Field) -> Timestamp? {
        get {
            switch field {
            case .created: created
            case .publish: publish
            case .activate: activate
            case .revoke: revoke
            case .inactive: inactive
            case .delete: delete
            case .dsPublish: dsPublish
            case .syncPublish: syncPublish
            case .syncDelete: syncDelete
            }
        }
        set {
            switch field {
            case .created: created = newValue
            case .publish: publish = newValue
            case .activate: activate = newValue
            case .revoke: revoke = newValue
            case .inactive: inactive = newValue
            case .delete: delete = newValue
            case .dsPublish: dsPublish = newValue
            case .syncPublish: syncPublish = newValue
            case .syncDelete: syncDelete = newValue
            }
        }
    }
}

/// What a key is doing at some moment.
public enum KeyState: String, Sendable, Hashable, CaseIterable {
    /// It exists and is not published yet.
    case generated
    /// It is published and does not sign yet.
    case published
    /// It is published and signs.
    case active
    /// It is published and no longer signs.
    case retired
    /// It is published with the REVOKE flag and signs the DNSKEY RRset, as RFC 5011 §2.1 demands.
    case revoked
    /// It is no longer published.
    case removed

    /// Whether its DNSKEY belongs into the zone.
    public var isPublished: Bool { self != .generated && self != .removed }
}

extension KeyTiming {
    /// What the key is doing at `now`: a function of the times, as BIND's smart signing reads them.
    ///
    /// A time counts from its own second on. Without any metadata the key is active; with an activation time and no
    /// publication time it is published at once.
    public func state(at now: Timestamp) -> KeyState {
        func hasCome(_ time: Timestamp?) -> Bool { time.map { $0 <= now } ?? false }
        if isEmpty { return .active }
        if hasCome(delete) { return .removed }
        let isPublished = hasCome(publish) || (publish == nil && activate != nil)
        if !isPublished { return .generated }
        if hasCome(revoke) { return .revoked }
        if hasCome(inactive) { return .retired }
        return hasCome(activate) ? .active : .published
    }

    /// The times after `now` at which the state changes, soonest first, each with the state that it brings.
    public func changes(after now: Timestamp) -> [(time: Timestamp, state: KeyState)] {
        var last = state(at: now)
        var result: [(time: Timestamp, state: KeyState)] = []
        for time in Set([publish, activate, revoke, inactive, delete].compactMap { $0 }).sorted() where time > now {
            let next = state(at: time)
            if next != last { result.append((time, next)) }
            last = next
        }
        return result
    }

    /// Whether CDS and CDNSKEY records for the key are due at `now`.
    public func isSynchronised(at now: Timestamp) -> Bool {
        guard let syncPublish, syncPublish <= now else { return false }
        return syncDelete.map { $0 > now } ?? true
    }
}
