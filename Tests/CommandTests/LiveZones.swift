import Testing

/// Makes the zones that are served: a parent with all that denial is difficult for, a secure and an insecure child.
struct LiveZones {
    /// How absence is proved, and with which algorithm the zone is signed.
    enum Denial: String, CaseIterable, CustomTestStringConvertible {
        case nsec, nsec3, optOut = "optout"

        var testDescription: String { rawValue }

        var options: [String] {
            switch self {
            case .nsec: ["--nsec"]
            case .nsec3: ["--nsec3"]
            case .optOut: ["--opt-out"]
            }
        }

        var algorithm: String {
            switch self {
            case .nsec: "ecdsap256sha256"
            case .nsec3: "ed25519"
            case .optOut: "rsasha256"
            }
        }
    }

    let folder: TemporaryFolder
    let apex: String
    /// The DS record of the parent zone.
    private(set) var anchor = ""

    init(_ denial: Denial, in folder: TemporaryFolder) throws {
        self.folder = folder
        apex = "\(denial.rawValue).test"
        for child in ["secure.\(apex)", "insecure.\(apex)"] { try folder.write(Self.child, to: child) }
        let ds = try sign("secure.\(apex)", denial)
        try folder.write(Self.parent + ds, to: apex)
        anchor = try sign(apex, denial)
    }

    /// The zones with their files.
    var served: [(name: String, file: String)] {
        [
            (apex, "\(apex).signed"), ("secure.\(apex)", "secure.\(apex).signed"),
            ("insecure.\(apex)", "insecure.\(apex)"),
        ]
    }

    /// Starts servers for the zones.
    func serve(anchor: String? = nil) throws -> LiveNetwork {
        try LiveNetwork(in: folder, zones: served, anchor: anchor ?? self.anchor)
    }

    /// Changes one octet of each signature of some types in the parent zone.
    ///
    /// - Parameter covers: Chooses by owner and by type covered.
    func damageSignatures(where covers: (_ owner: String, _ type: String) -> Bool) throws {
        #expect(try folder.damageSignatures(in: "\(apex).signed", where: covers) > 0, "there was nothing to damage")
    }

    /// Signs a zone of the folder, and gives its DS record.
    private func sign(_ zone: String, _ denial: Denial) throws -> String {
        func danectl(_ arguments: [String]) throws -> String {
            let result = try Shell.run(Shell.danectl, arguments, in: folder.path)
            try #require(result.status == 0, "danectl \(arguments.joined(separator: " ")): \(result.errors)")
            return result.output
        }
        _ = try danectl(["keygen", zone, "--keys", "keys", "-a", denial.algorithm, "-q"])
        _ = try danectl(
            ["sign", "--zone-file", zone, "--origin", zone, "--keys", "keys", "-o", "\(zone).signed", "-q"]
                + denial.options)
        return try danectl(["ds", "\(zone).signed"])
    }

    private static let child = """
        $TTL 300
        @ SOA ns hostmaster 1 7200 3600 1209600 60
        @ NS ns
        ns A 127.0.0.1
        www A 192.0.2.99

        """

    private static let parent = """
        $TTL 300
        @ SOA ns hostmaster 1 7200 3600 1209600 60
        @ NS ns
        ns A 127.0.0.1
        www A 192.0.2.80
        mail MX 10 www
        a.b.ent TXT "deep"
        *.wild TXT "star"
        alias CNAME www
        astray CNAME nowhere
        gone DNAME b.ent
        secure NS ns.secure
        ns.secure A 127.0.0.1
        insecure NS ns.insecure
        ns.insecure A 127.0.0.1

        """
}

extension TemporaryFolder {
    /// Changes one octet of each signature of a zone file that is chosen by owner and by type covered; how many there were.
    func damageSignatures(in file: String, where covers: (_ owner: String, _ type: String) -> Bool) throws -> Int {
        var damaged = 0
        let lines = try read(file).split(separator: "\n").map { line -> String in
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard fields.count > 5, fields[3] == "RRSIG", covers(String(fields[0]), String(fields[4])),
                let signature = fields.last
            else { return String(line) }
            damaged += 1
            var characters = Array(signature)
            characters[20] = characters[20] == "A" ? "B" : "A"
            return fields.dropLast().joined(separator: " ") + " " + String(characters)
        }
        try write(lines.joined(separator: "\n") + "\n", to: file)
        return damaged
    }
}
