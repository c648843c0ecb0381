import Foundation
import Testing

/// The rules that the folder tree promises: who may import whom, and who may touch the world.
@Suite("The architecture")
struct ArchitectureTests {
    /// What each target may import besides the standard library.
    static let imports: [String: Set<String>] = [
        "Diagnostics": [],
        "DNSModel": ["Diagnostics", "Dispatch", "Synchronization"],
        "OpenSSLBridge": ["COpenSSL", "Synchronization"],
        "LDNSBridge": ["CLDNS", "DNSModel"],
        "DNSSEC": ["Diagnostics", "DNSModel", "OpenSSLBridge", "Synchronization", "Dispatch"],
        "DANE": ["Diagnostics", "DNSModel", "OpenSSLBridge"],
        "Rollover": ["Diagnostics", "DNSModel"],
        "Manifest": ["Diagnostics", "DNSModel", "Yams"],
        "Workspace": [
            "Diagnostics", "DNSModel", "OpenSSLBridge", "LDNSBridge", "DNSSEC", "DANE", "Rollover", "Manifest", "Glibc",
            "FoundationEssentials", "Synchronization", "Dispatch",
        ],
        "danectl": [
            "Diagnostics", "DNSModel", "OpenSSLBridge", "DNSSEC", "DANE", "Rollover", "Manifest", "Workspace", "Glibc",
            "FoundationEssentials", "ArgumentParser",
        ],
    ]

    /// Hints to the kernel about memory and threads: no effect that a caller could see.
    static let platformFiles: Set<String> = [
        "LargePages.swift", "CacheWarming.swift", "PublicKeyTable.swift", "PlatformMemory.swift", "Guarded.swift",
    ]

    struct Source {
        let target: String
        let path: String
        let text: String
        var name: String { (path as NSString).lastPathComponent }
    }

    static let sources: [Source] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        guard let files = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) else {
                return nil
            }
            return Source(target: String(path.prefix { $0 != "/" }), path: path, text: text)
        }
    }()

    @Test("Every target imports only what the design lets it import")
    func importTable() {
        #expect(Self.sources.count > 200)
        for source in Self.sources {
            let allowed = Self.imports[source.target] ?? []
            for line in source.text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 1, words.count > index + 1,
                    line.first?.isLetter == true
                else { continue }
                let module = String(words[index + 1])
                if module == "Glibc", Self.platformFiles.contains(source.name) { continue }
                #expect(allowed.contains(module), "\(source.path) imports \(module)")
            }
        }
    }

    @Test("No core module reads a clock, makes randomness, opens a file or prints")
    func purity() {
        let banned = [
            "print(", "Date()", "clock_gettime", "SystemRandomNumberGenerator", "FileManager", "FileHandle", "fopen(",
            "ProcessInfo", "getenv(", ".random(in:",
        ]
        for source in Self.sources where !["Workspace", "danectl"].contains(source.target) {
            for line in source.text.split(separator: "\n") {
                let code = line.trimmingCharacters(in: .whitespaces)
                guard !code.hasPrefix("//") else { continue }
                for call in banned where code.contains(call) && !code.lowercased().contains("fingerprint(") {
                    Issue.record("\(source.path): \(code)")
                }
            }
        }
    }

    @Test("A file holds one idea: at most 400 lines, tables apart")
    func fileBudget() {
        for source in Self.sources where !source.path.contains("Registry") && !source.path.contains("RuleCatalog") {
            let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 400, "\(source.path) has \(lines) lines")
        }
    }

    @Test("No source traps on input by force, or leaves work for later")
    func looseEnds() {
        for source in Self.sources {
            for line in source.text.split(separator: "\n") {
                let code = line.trimmingCharacters(in: .whitespaces)
                for word in ["try!", "fatalError(", "as! ", "TODO", "FIXME"] where code.contains(word) {
                    Issue.record("\(source.path): \(code)")
                }
            }
        }
    }
}
