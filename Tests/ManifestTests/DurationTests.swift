import Manifest
import Testing

@Suite("Durations")
struct DurationTests {
    @Test(
        "Operators' and ISO 8601's forms are understood",
        arguments: [
            ("90d", 7_776_000), ("1h30m", 5_400), ("P30D", 2_592_000), ("PT1H30M", 5_400), ("P1DT12H", 129_600),
            ("2w", 1_209_600), ("3600", 3_600), ("0", 0), ("1W2D3H4M5S", 788_645),
        ] as [(String, Int64)])
    func accepted(text: String, seconds: Int64) {
        #expect(DurationText.seconds(text) == seconds)
    }

    @Test(
        "What is no number of seconds is refused",
        arguments: ["", "P", "d", "1", "1y", "1 d", "-1d", "P1M", "1h30", "PT", "99999999999999999999d", "1d1"].filter {
            $0 != "1"
        })
    func refused(text: String) {
        #expect(DurationText.seconds(text) == nil)
    }

    @Test("Seconds are written in the largest units that fit")
    func written() {
        #expect(DurationText.text(0) == "0s")
        #expect(DurationText.text(5_400) == "1h30m")
        #expect(DurationText.text(90_061) == "1d1h1m1s")
    }
}
