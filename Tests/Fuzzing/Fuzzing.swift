import Glibc

// usage: danectl-fuzz TARGET [OPTIONS OF LIBFUZZER] [FOLDERS OF SEEDS…]

/// The target that this run feeds.
private nonisolated(unsafe) var target = FuzzTarget.zone

/// Takes the target's name out of the arguments, before libFuzzer looks at them.
@_cdecl("LLVMFuzzerInitialize")
func chooseTarget(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> Int32 {
    guard count.pointee > 1, let name = arguments.pointee[1], let named = FuzzTarget(rawValue: String(cString: name))
    else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: "|")
        tell("usage: danectl-fuzz \(names) [options of libFuzzer] [folders of seeds]")
        exit(64)
    }
    target = named
    arguments.pointee[1] = arguments.pointee[0]
    arguments.pointee += 1
    count.pointee -= 1
    return 0
}

/// Feeds octets to the target.
@_cdecl("LLVMFuzzerTestOneInput")
func feed(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    if let difference = target.run(UnsafeRawBufferPointer(start: octets, count: count)) {
        tell(difference)
        abort()
    }
    return 0
}

/// Writes a line to standard error.
private func tell(_ line: String) {
    var text = line + "\n"
    text.withUTF8 { octets in _ = write(STDERR_FILENO, octets.baseAddress, octets.count) }
}
