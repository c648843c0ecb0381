import DANE
import Diagnostics
import Foundation
import Testing

@Suite("Rules of services and certificates")
struct RuleCatalogTests {
    @Test("every rule that the sources emit has its explanation, and every explanation a rule")
    func complete() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/DANE")
        var emitted: Set<String> = []
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            if file.lastPathComponent.hasPrefix("RuleCatalog") { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/"((?:dane|cert|posh|tlsa)\/[a-z0-9-]+)"/#) {
                emitted.insert(String(match.1))
            }
        }
        #expect(emitted.count > 50)
        #expect(Set(RuleCatalog.dane.explanations.map(\.rule.name)) == emitted)
        #expect(RuleCatalog.dane.explanations.allSatisfy { !$0.story.isEmpty && !$0.summary.isEmpty })
    }
}
