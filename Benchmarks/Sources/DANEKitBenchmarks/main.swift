import DNSModel

// usage: DANEKitBenchmarks [tld|host] [N] [WORKERS] [sorted] [prefix=TEXT] [repeat=N]
var shape = GeneratedZone.Shape.tld
var numbers: [Int] = []
var isSorted = false
var prefix = ""
var repetitions = 3
for argument in CommandLine.arguments.dropFirst() {
    if let named = GeneratedZone.Shape(rawValue: argument) {
        shape = named
    } else if let number = Int(argument) {
        numbers.append(number)
    } else if argument == "sorted" {
        isSorted = true
    } else if argument.hasPrefix("prefix=") {
        prefix = String(argument.dropFirst(7))
    } else if argument.hasPrefix("repeat=") {
        repetitions = Int(argument.dropFirst(7)) ?? 1
    }
}
let count = numbers.first ?? 1_000_000
let workers = Workers(numbers.count > 1 ? numbers[1] : 2)
let measurement = Measurement(repetitions: repetitions)

try ZoneBenchmarks(measurement, workers).run(
    GeneratedZone.records(shape, count: count, isSorted: isSorted, prefix: prefix))
try SigningBenchmarks(measurement, workers).run(
    GeneratedZone.records(shape, count: count, isSorted: isSorted, prefix: prefix).makeZone(
        apex: GeneratedZone.apex, workers: workers), optOut: shape == .tld)
