/// Arguments in their plain spelling, each taken once: `--name value` or `--name=value`, `--flag`, and values without a
/// dash in front.
///
/// ArgumentParser takes about 5 ms to set up a command with many options, more than the signing of a small zone. A command
/// that is run often takes what it knows from here, and leaves all else to ArgumentParser: abbreviations, options given
/// twice, help and mistakes. What is taken here means the same there.
struct PlainArguments {
    /// What was given, in its place; nil once taken.
    private var arguments: [String?]
    /// Whether something was asked for that is not plain.
    private var isBeyond = false

    init(_ arguments: some Sequence<String>) { self.arguments = Array(arguments) }

    /// Whether all that was given has been taken.
    var isUsedUp: Bool { !isBeyond && arguments.allSatisfy { $0 == nil } }

    /// Takes a flag.
    mutating func flag(_ names: String...) -> Bool {
        guard let index = arguments.firstIndex(where: { $0.map(names.contains) ?? false }) else { return false }
        arguments[index] = nil
        return true
    }

    /// Takes an option's value.
    mutating func option(_ names: String...) -> String? {
        for index in arguments.indices {
            guard let argument = arguments[index], let name = names.first(where: { Self.names(argument, $0) }) else {
                continue
            }
            arguments[index] = nil
            let value: String
            if argument != name {
                value = String(argument.dropFirst(name.count + 1))
            } else {
                guard index + 1 < arguments.count, let next = arguments[index + 1], !next.hasPrefix("-") else {
                    isBeyond = true
                    return nil
                }
                arguments[index + 1] = nil
                value = next
            }
            if value.isEmpty { isBeyond = true }
            return value
        }
        return nil
    }

    /// Takes an option's value as what it stands for; what it cannot stand for is left to ArgumentParser to explain.
    mutating func option<Value>(_ name: String, as value: (String) -> Value?) -> Value? {
        guard let text = option(name) else { return nil }
        let value = value(text)
        if value == nil { isBeyond = true }
        return value
    }

    /// Takes what is left, which are values if no dash is in front.
    mutating func values<Value>(as value: (String) -> Value?) -> [Value] {
        var values: [Value] = []
        for index in arguments.indices {
            guard let argument = arguments[index] else { continue }
            guard !argument.isEmpty, !argument.hasPrefix("-"), let value = value(argument) else {
                isBeyond = true
                break
            }
            arguments[index] = nil
            values.append(value)
        }
        return values
    }

    /// Whether an argument gives the option of this name: alone, or, when the name is long, with its value behind "=".
    private static func names(_ argument: String, _ name: String) -> Bool {
        argument == name || name.hasPrefix("--") && argument.hasPrefix(name + "=")
    }
}
