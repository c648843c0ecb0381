import ArgumentParser
import Diagnostics
import Workspace

/// `danectl explain`: the story of a rule.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a rule is about, or list all rules.",
        discussion: "Every finding ends in the name of its rule: [zone/cname-and-other-data].")

    @Argument(help: "The rule, as findings name it.", completion: .list(RuleCatalog.all.explanations.map(\.rule.name)))
    var rule: String?

    @OptionGroup(title: "Global options") var global: GlobalOptions

    func run() throws {
        guard let rule else {
            var table = Table("RULE", "SUMMARY")
            for entry in RuleCatalog.all.explanations { table.add(entry.rule.name, entry.summary) }
            Output.write(table.text + "\n")
            return
        }
        guard let entry = RuleCatalog.all[RuleID(rule)] else {
            let suggestion = RuleCatalog.all.closest(to: rule)
            throw ValidationError("there is no rule '\(rule)'" + (suggestion.map { "; did you mean '\($0)'?" } ?? ""))
        }
        Output.write("\(entry.rule): \(entry.summary)\n\n\(Self.wrapped(entry.story))\n")
        if !entry.references.isEmpty {
            Output.write("\nSee " + entry.references.map(\.description).joined(separator: ", ") + ".\n")
        }
    }

    /// Paragraphs at 80 columns.
    private static func wrapped(_ story: String) -> String {
        story.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
            var lines = [""]
            for word in paragraph.split(separator: " ") {
                let last = lines[lines.count - 1]
                if last.isEmpty {
                    lines[lines.count - 1] = String(word)
                } else if last.count + 1 + word.count <= 80 {
                    lines[lines.count - 1] = "\(last) \(word)"
                } else {
                    lines.append(String(word))
                }
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
