import DNSModel
import Diagnostics
import OpenSSLBridge

/// What a `.private` file says: version, algorithm, secret numbers, times. Its findings name fields, never values.
struct PrivateKeyFile {
    var algorithm: SecurityAlgorithm
    var timing = KeyTiming()
    private var numbers: [(field: String, octets: [UInt8])] = []
    private let file: String

    /// The fields that hold octets in base 64.
    private static let rsaFields = [
        "Modulus", "PublicExponent", "PrivateExponent", "Prime1", "Prime2", "Exponent1", "Exponent2", "Coefficient",
    ]

    /// Larger files are not key files.
    static let maximumLength = 65_536

    /// Reads the file. `value` is `nil` when it is unusable.
    static func read(_ source: KeyFileSource) -> Diagnosed<PrivateKeyFile> {
        var findings: [Diagnostic] = []
        guard source.octets.count <= maximumLength else {
            let message = "a private key file of \(source.octets.count) octets; at most \(maximumLength) are expected"
            return Diagnosed(nil, [.error(KeyRules.fileSyntax, at: SourceLocation(file: source.file), message)])
        }
        var fields: [(name: Substring, value: Substring, line: Int)] = []
        let text = String(decoding: source.octets, as: UTF8.self)
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if trimmed.isEmpty || trimmed.first == ";" || trimmed.first == "#" { continue }
            guard let colon = trimmed.firstIndex(of: ":") else {
                let place = SourceLocation(file: source.file, line: index + 1, column: 1)
                findings.append(.error(KeyRules.fileSyntax, at: place, "a line without 'Field:'"))
                continue
            }
            var value = trimmed[trimmed.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            while value.last == " " || value.last == "\t" { value.removeLast() }
            fields.append((trimmed[..<colon], value, index + 1))
        }
        guard let first = fields.first, first.name == "Private-key-format" else {
            let hint = "the first line of a private key file is 'Private-key-format: v1.3'"
            findings.append(
                .error(
                    KeyRules.fileSyntax, at: SourceLocation(file: source.file, line: 1),
                    "this is not a private key file", hint: hint))
            return Diagnosed(nil, findings)
        }
        guard first.value.hasPrefix("v1.") else {
            findings.append(
                .error(
                    KeyRules.fileVersion, at: SourceLocation(file: source.file, line: first.line),
                    "the version of the format is not v1.2 or v1.3"))
            return Diagnosed(nil, findings)
        }
        var result = PrivateKeyFile(algorithm: SecurityAlgorithm(rawValue: 0), file: source.file)
        for field in fields.dropFirst() {
            let place = SourceLocation(file: source.file, line: field.line)
            if let finding = result.take(String(field.name), field.value, at: place) { findings.append(finding) }
        }
        if result.algorithm.rawValue == 0, !findings.hasErrors { findings.append(result.missing("Algorithm")) }
        return Diagnosed(findings.hasErrors ? nil : result, findings)
    }

    private init(algorithm: SecurityAlgorithm, file: String) {
        self.algorithm = algorithm
        self.file = file
    }

    /// Takes one field; unknown ones, such as BIND's `Lifetime`, are passed over.
    private mutating func take(_ name: String, _ value: Substring, at place: SourceLocation) -> Diagnostic? {
        func fault(_ message: String) -> Diagnostic { .error(KeyRules.fileSyntax, at: place, message) }
        if name == "Algorithm" {
            guard algorithm.rawValue == 0 else { return fault("the field 'Algorithm' stands twice") }
            guard let word = value.split(separator: " ").first, let number = UInt8(word), number > 0 else {
                return fault("'Algorithm' is not a number and a name")
            }
            algorithm = SecurityAlgorithm(rawValue: number)
        } else if name == "PrivateKey" || Self.rsaFields.contains(name) {
            guard octets(of: name) == nil else { return fault("the field '\(name)' stands twice") }
            guard let octets = Base64.decode(value), !octets.isEmpty else { return fault("'\(name)' is not base 64") }
            numbers.append((name, octets))
        } else if name == "Engine" || name == "Label" {
            return .error(KeyRules.hardware, at: place, "the private half is in a hardware module")
        } else if let field = KeyTiming.Field(rawValue: name) {
            guard value.utf8.count == 14, let time = Timestamp(text: value) else {
                return fault("'\(name)' is not a time such as 20260301120000")
            }
            timing[field] = time
        }
        return nil
    }

    private func octets(of field: String) -> [UInt8]? { numbers.first { $0.field == field }?.octets }

    private func missing(_ field: String) -> Diagnostic {
        .error(KeyRules.missingField, at: SourceLocation(file: file), "the field '\(field)' is missing")
    }

    /// The private key.
    func makeKey() -> Diagnosed<PrivateKey> {
        guard let scheme = algorithm.signatureAlgorithm else {
            return Diagnosed(nil, [KeyRules.cannotSign(algorithm).at(SourceLocation(file: file))])
        }
        let wanted = scheme.modulusBits == nil ? ["PrivateKey"] : Self.rsaFields
        let absent = wanted.filter { octets(of: $0) == nil }
        guard absent.isEmpty else { return Diagnosed(nil, absent.map(missing)) }
        func number(_ field: String) -> [UInt8] { octets(of: field) ?? [] }
        let material: PrivateKeyMaterial =
            scheme.modulusBits == nil
            ? .octets(number("PrivateKey"))
            : .rsa(
                RSAMaterial(
                    modulus: number("Modulus"), publicExponent: number("PublicExponent"),
                    privateExponent: number("PrivateExponent"), prime1: number("Prime1"), prime2: number("Prime2"),
                    exponent1: number("Exponent1"), exponent2: number("Exponent2"),
                    coefficient: number("Coefficient")))
        do throws(OpenSSLError) {
            return Diagnosed(try PrivateKey(scheme, material: material))
        } catch {
            let rule = error.code == .keySize ? KeyRules.size : KeyRules.malformed
            return Diagnosed(nil, [.error(rule, at: SourceLocation(file: file), error.description)])
        }
    }
}

extension Diagnostic {
    /// The finding with a place.
    func at(_ location: SourceLocation) -> Diagnostic {
        var copy = self
        copy.location = location
        return copy
    }
}
