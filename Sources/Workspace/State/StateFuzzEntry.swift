import Glibc

/// State files as a fuzzer calls them: any octets in; what can be read is read the same once it is written.
package enum StateFuzzEntry {
    /// Reads octets as the state of a zone and of a certificate.
    ///
    /// - Returns: `nil` when all is well, else what is not.
    package static func run(_ octets: UnsafeRawBufferPointer) -> String? {
        let path = "/dev/shm/danectl-fuzz-state-\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return "cannot write \(path)" }
        let written = write(descriptor, octets.baseAddress, octets.count)
        close(descriptor)
        defer { unlink(path) }
        guard written == octets.count else { return "cannot write \(path)" }
        let folder = StateFolder(path: path, memory: FileMemory())
        return roundTrip(ZoneState.self, folder, path) ?? roundTrip(CertificateState.self, folder, path)
    }

    private static func roundTrip<State: StateFile>(
        _ type: State.Type, _ folder: StateFolder, _ path: String
    ) -> String? {
        let again = path + ".again"
        defer { unlink(again) }
        do throws(Failure) {
            guard case .read(let state) = try folder.read(path, as: type) else { return nil }
            try folder.write(state, to: again)
            guard case .read(let copy) = try folder.read(again, as: type), copy == state else {
                return "\(type) is read differently once it is written"
            }
            return nil
        } catch {
            // A version that is not known, or a file that cannot be read, is an error like others.
            return nil
        }
    }
}
