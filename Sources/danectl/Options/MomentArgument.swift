public import ArgumentParser
public import DNSModel
import DNSSEC
import Manifest

/// A time on the command line, absolute or relative to now: `2026-12-01T00:00:00Z`, `20261201000000`, `+30d`, `now-1h`.
struct MomentArgument: ExpressibleByArgument {
    private enum Moment {
        case absolute(Timestamp)
        case relative(Int64)
    }

    private let moment: Moment

    init?(argument: String) {
        var text = Substring(argument)
        if text.hasPrefix("now") { text = text.dropFirst(3) }
        if let sign = text.first, sign == "+" || sign == "-" {
            guard let seconds = DurationText.seconds(text.dropFirst()), seconds <= 1 << 40 else { return nil }
            moment = .relative(sign == "-" ? -seconds : seconds)
        } else if text.isEmpty, argument == "now" {
            moment = .relative(0)
        } else {
            guard let time = Timestamp(text: text) else { return nil }
            moment = .absolute(time)
        }
    }

    /// The time it means when now is `now`.
    func time(now: Timestamp) -> Timestamp {
        switch moment {
        case .absolute(let time): time
        case .relative(let seconds): now.advanced(by: seconds)
        }
    }
}

/// A duration on the command line: `90d`, `1h30m`, `P30D`, or seconds.
struct DurationArgument: ExpressibleByArgument {
    let seconds: Int64

    init(seconds: Int64) { self.seconds = seconds }

    init?(argument: String) {
        guard let seconds = DurationText.seconds(argument), seconds <= 1 << 40 else { return nil }
        self.seconds = seconds
    }

    /// Refuses a certificate or document that would be valid for no time at all; an hour of a certificate's is past.
    func requireSome() throws {
        if seconds <= 3_600 { throw ValidationError("'--validity' must be more than an hour") }
    }

    /// As in the help: the largest unit that fits.
    var defaultValueDescription: String {
        for (unit, size) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60)] where seconds >= size && seconds % size == 0
        {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

extension SerialPolicy: ExpressibleByArgument {}

/// A digest of ZONEMD (RFC 8976 §5.3).
enum ZoneDigestArgument: String, ExpressibleByArgument, CaseIterable {
    case sha384, sha512

    var algorithm: ZoneDigest.Algorithm {
        switch self {
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}
