import Diagnostics
import Testing

@Suite("Findings as values")
struct DiagnosticTests {
    @Test("A finding says where, what, why and what to do")
    func text() {
        let finding = Diagnostic.error(
            "zone/missing-soa", at: SourceLocation(file: "a.zone", line: 3, column: 7), "no SOA record is there",
            .rfc(1035, "5.2"), hint: "add one")
        #expect(
            finding.description
                == "a.zone:3:7: error: no SOA record is there [zone/missing-soa] (RFC 1035 §5.2)\n  hint: add one")
    }

    @Test("A location leaves out what is not known")
    func location() {
        #expect(SourceLocation(file: "a").description == "a")
        #expect(SourceLocation(file: "a", line: 2).description == "a:2")
        #expect(SourceLocation(file: "a", line: 2) < SourceLocation(file: "a", line: 10))
    }

    @Test("Severities have an order, and one error makes a failure")
    func severity() {
        #expect(Severity.note < .warning && Severity.warning < .error)
        let warning = Diagnostic.warning("a/b", "x")
        #expect(!Diagnosed(1, [warning]).hasErrors)
        #expect(Diagnosed(1, [warning, .error("a/c", "y")]).hasErrors)
    }

    @Test("A catalog finds its rules, and joins with others in alphabetical order")
    func catalog() {
        let one = RuleCatalog([RuleExplanation("b/b", "B", "about b")])
        let two = RuleCatalog([RuleExplanation("a/a", "A", "about a")])
        let joined = RuleCatalog.joining([one, two])
        #expect(joined.explanations.map(\.rule) == ["a/a", "b/b"])
        #expect(joined["b/b"]?.summary == "B")
        #expect(joined["c/c"] == nil)
    }
}
