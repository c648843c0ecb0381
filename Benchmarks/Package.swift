// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that nobody who uses the library builds it. Run it with
// `swift run --package-path Benchmarks -c release DANEKitBenchmarks`.
let package = Package(
    name: "DANEKitBenchmarks",
    dependencies: [.package(name: "danectl", path: "..")],
    targets: [
        .executableTarget(
            name: "DANEKitBenchmarks", dependencies: [.product(name: "DANEKit", package: "danectl")])
    ],
    swiftLanguageModes: [.v6]
)
