import DNSModel
import Glibc

// usage: DANEKitBenchmarks [tld|host] [N] [WORKERS] [sorted] [prefix=TEXT] [repeat=N]   a table of all parts
//        DANEKitBenchmarks count PART                                                   one part, for callgrind
//        DANEKitBenchmarks rates hash SECONDS                                           for both
//        DANEKitBenchmarks rates sign                                                   for thresholds.sh
//        DANEKitBenchmarks rates read PATH, rates write PATH TARGET                     for compare.sh
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.count == 2, arguments[0] == "count", let part = CountedPart(rawValue: arguments[1]) {
    try part.run()
    exit(0)
}
if arguments.count >= 2, arguments[0] == "rates" {
    let rates = Rates(workers: Workers(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    switch arguments[1] {
    case "hash" where arguments.count == 3: rates.hashing(seconds: Int(arguments[2]) ?? 1)
    case "sign": try rates.signing()
    case "read" where arguments.count == 3: try rates.reading(arguments[2])
    case "write" where arguments.count == 4: try rates.writing(arguments[2], to: arguments[3])
    default: exit(64)
    }
    exit(0)
}
var shape = GeneratedZone.Shape.tld
var numbers: [Int] = []
var isSorted = false
var prefix = ""
var repetitions = 3
for argument in arguments {
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
    } else {
        exit(64)
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
