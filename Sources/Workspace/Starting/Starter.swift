public import DNSModel
import Diagnostics
import Glibc

/// A manifest and a zone to start from, as `danectl init` writes them.
public struct Starter: Sendable {
    /// The domain.
    public let domain: DomainName

    /// Prepares the files of a domain.
    public init(domain: DomainName) { self.domain = domain }

    /// Writes `danectl.yaml` and `DOMAIN.zone` into a folder.
    ///
    /// - Returns: The paths written.
    /// - Throws: ``Failure`` of kind `cannotWrite` when one of them is there already: nothing is overwritten.
    public func write(into folder: String) throws(Failure) -> [String] {
        let files = [
            (Path.resolve("danectl.yaml", in: folder), manifest), (Path.resolve("\(stem).zone", in: folder), zone),
        ]
        for (path, _) in files where InputFile.exists(path) {
            throw Failure(
                .cannotWrite,
                .error(
                    "file/exists", at: SourceLocation(file: path), "the file is there already",
                    hint: "'danectl init' overwrites nothing; use another folder"))
        }
        for (path, text) in files { try AtomicFile.write(text, to: path) }
        return files.map(\.0)
    }

    /// The domain without its final dot, for file names.
    private var stem: String {
        let text = domain.presentationFormat
        return domain.isRoot ? "root" : String(text.dropLast()).replacing("/", with: "\\047")
    }

    /// The manifest, with what an operator will want to change spelled out.
    var manifest: String {
        """
        # What danectl is to do for \(stem). 'danectl check' finds mistakes, 'danectl sign' signs what is due.
        version: 1

        policies:
          standard:
            algorithm: ecdsap256sha256
            keys: { ksk: { lifetime: unlimited }, zsk: { lifetime: 90d } }   # or: keys: csk
            denial: { nsec3: { iterations: 0, salt: "", opt-out: false } }   # or: denial: nsec
            signatures: { validity: 14d, refresh: 7d, jitter: 12h, inception-offset: 1h }
            ttl: { dnskey: 1h, maximum: 1d }
            propagation: 1h             # until every secondary serves what the primary serves
            parent: { ds-ttl: 1d, propagation: 1h, registration: 1d }

        zones:
          \(stem):
            source: \(stem).zone        # your file: read, never changed
            output: signed/\(stem).zone # what the name server loads
            keys: keys
            policy: standard
            serial: unixtime
            # reload: [nsd-control, reload, \(stem)]

        # certificates:
        #   xmpp:
        #     live: /etc/prosody/certs/\(stem).pem
        #     staged: staged/\(stem).pem
        #     tlsa: 3 1 1
        #     rollover: spare-key
        #     reload: [prosodyctl, reload]
        # services:
        #   - xmpp: \(stem)
        #     certificate: xmpp

        """
    }

    /// An XMPP domain on one host, in the addresses kept for documentation.
    var zone: String {
        """
        ; \(stem): an XMPP service on one host. Put your own addresses in the place of the documentation ones.
        $ORIGIN \(domain.presentationFormat)
        $TTL 1h

        @     IN SOA  ns1 hostmaster ( 1 2h 1h 6d 5m )
              IN NS   ns1
              IN NS   ns2
              IN A    192.0.2.1
              IN AAAA 2001:db8::1

        ns1   IN A    192.0.2.53
        ns2   IN A    198.51.100.53
        xmpp  IN A    192.0.2.1
              IN AAAA 2001:db8::1

        _xmpp-client._tcp   IN SRV 5 1 5222 xmpp
        _xmpps-client._tcp  IN SRV 5 1 5223 xmpp
        _xmpp-server._tcp   IN SRV 5 1 5269 xmpp
        _xmpps-server._tcp  IN SRV 5 1 5270 xmpp

        """
    }
}
