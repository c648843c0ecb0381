// swift-tools-version: 6.2

import PackageDescription

/// The Swift runtime and Foundation inside the program: it starts in half the time, and runs where no Swift is installed.
/// Each library less to load is half a millisecond less.
let staticRuntime = [
    "-static-stdlib", "-lFoundation", "-lFoundationInternationalization", "-lFoundationEssentials", "-lCoreFoundation",
    "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections", "-lswiftDispatch", "-ldispatch",
    "-lBlocksRuntime", "-lswiftSynchronization", "-lstdc++", "-Xclang-linker", "-static-libgcc",
    "-L\(Context.packageDirectory)/Sources/danectl/Linker",
]

/// Whether all is built for ThreadSanitizer (see the Makefile). It wants to come between the program and a libdispatch that
/// is a library of its own, and to know the locks.
let isForThreadSanitizer = Context.environment["DANECTL_SANITIZER"] == "thread"

let package = Package(
    name: "danectl",
    products: [
        .executable(name: "danectl", targets: ["danectl"]),
        .library(name: "DANEKit", targets: ["DNSModel", "DNSSEC", "DANE", "Rollover", "Manifest"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // MARK: C libraries
        .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // MARK: The pure core
        .target(name: "Diagnostics"),
        .target(name: "DNSModel", dependencies: ["Diagnostics"]),
        .target(name: "OpenSSLBridge", dependencies: ["COpenSSL"]),
        .target(name: "LDNSBridge", dependencies: ["CLDNS", "DNSModel"]),
        .target(name: "DNSSEC", dependencies: ["Diagnostics", "DNSModel", "OpenSSLBridge"]),
        .target(name: "DANE", dependencies: ["Diagnostics", "DNSModel", "OpenSSLBridge"]),
        .target(name: "Rollover", dependencies: ["Diagnostics", "DNSModel"]),
        .target(
            name: "Manifest",
            dependencies: ["Diagnostics", "DNSModel", .product(name: "Yams", package: "Yams")]),

        // MARK: The shell
        .target(
            name: "Workspace",
            dependencies: [
                "Diagnostics", "DNSModel", "OpenSSLBridge", "DNSSEC", "DANE", "Rollover", "Manifest",
            ]),
        .executableTarget(
            name: "danectl",
            dependencies: [
                "Diagnostics", "DNSModel", "OpenSSLBridge", "DNSSEC", "DANE", "Rollover", "Manifest", "Workspace",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Linker"],
            linkerSettings: isForThreadSanitizer ? [] : [.unsafeFlags(staticRuntime, .when(platforms: [.linux]))]),

        // MARK: Tests
        .systemLibrary(name: "CTLS", path: "Tests/CTLS", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .target(name: "TLSJudge", dependencies: ["CTLS", "OpenSSLBridge"], path: "Tests/TLSJudge"),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "DNSModelTests", dependencies: ["DNSModel", "Diagnostics", "LDNSBridge"]),
        .testTarget(name: "OpenSSLBridgeTests", dependencies: ["OpenSSLBridge", "COpenSSL", "TLSJudge"]),
        .testTarget(name: "DNSSECTests", dependencies: ["DNSSEC", "DNSModel", "OpenSSLBridge", "Diagnostics"]),
        .testTarget(
            name: "DANETests", dependencies: ["DANE", "DNSModel", "OpenSSLBridge", "Diagnostics", "TLSJudge"]),
        .testTarget(name: "RolloverTests", dependencies: ["Rollover", "DNSModel", "Diagnostics"]),
        .testTarget(name: "ManifestTests", dependencies: ["Manifest", "DNSModel", "Diagnostics"]),
        .testTarget(
            name: "WorkspaceTests",
            dependencies: [
                "Workspace", "OpenSSLBridge", "DNSSEC", "DANE", "Rollover", "Manifest", "DNSModel", "Diagnostics",
                "TLSJudge",
            ]),
        .testTarget(name: "CommandTests", dependencies: ["DNSModel"]),
        .testTarget(name: "InteropTests", dependencies: ["DNSModel", "DNSSEC", "OpenSSLBridge", "Diagnostics"]),
        .testTarget(name: "ArchitectureTests"),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzz targets need libFuzzer in every module: `make fuzz` builds them, apart from all else.
if Context.environment["DANECTL_FUZZING"] == "true" {
    package.targets.append(
        .executableTarget(
            name: "danectl-fuzz",
            dependencies: ["DNSModel", "OpenSSLBridge", "DNSSEC", "DANE", "Manifest", "Workspace"],
            path: "Tests/Fuzzing",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("ExistentialAny"),
        ]
    if isForThreadSanitizer { target.swiftSettings?.append(.define("THREAD_SANITIZER")) }
    // In CI, what is delivered has no warnings; a newer compiler's new ones stop nobody else.
    if Context.environment["CI"] == "true" {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
