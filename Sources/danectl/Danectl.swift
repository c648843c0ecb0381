import ArgumentParser

@main
struct Danectl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "danectl", abstract: "Sign DNSSEC zones, hand over DS, publish TLSA and roll certificates and keys safely.",
        version: "0.1.0")
}
