import FoundationEssentials

/// Results as JSON on standard output: keys sorted, each document with its `format`.
enum JSONOutput {
    /// Prints a document.
    static func print(_ document: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Output.write(String(decoding: try encoder.encode(document), as: UTF8.self) + "\n")
    }
}

/// A JSON document with the version of its layout, which changes when a reader of the old one would misread the new.
struct JSONDocument<Content: Encodable>: Encodable {
    /// The layout and its version, as `danectl.verify/1`.
    let format: String
    let content: Content

    init(_ name: String, version: Int = 1, _ content: Content) {
        self.format = "danectl.\(name)/\(version)"
        self.content = content
    }

    private enum Key: String, CodingKey { case format }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(format, forKey: .format)
        try content.encode(to: encoder)
    }
}
