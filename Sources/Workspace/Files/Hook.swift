import Diagnostics
import Glibc

/// The operator's own commands: program and arguments as they are, never parsed by a shell, for a limited time.
enum Hook {
    /// Runs a command.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in `PATH`, and its arguments.
    ///   - folder: The folder to run in.
    ///   - timeout: Seconds after which it and all that it started are asked to end, and a second later killed.
    ///   - purpose: What it is for, for findings.
    ///   - environment: Variables added to the process's own.
    /// - Returns: Findings: none when it succeeded.
    static func run(
        _ arguments: [String], in folder: String, timeout: Int64, purpose: String, environment: [String: String] = [:]
    ) -> [Diagnostic] {
        func failed(_ reason: String, _ hint: String? = nil) -> [Diagnostic] {
            [.error("hook/failed", "\(purpose) (\(arguments.joined(separator: " "))) \(reason)", hint: hint)]
        }
        guard !arguments.isEmpty else { return [] }
        // A shell changes the folder and is gone: what the manifest says reaches the program as it is.
        let command = ["/bin/sh", "-c", "cd -- \"$0\" && exec \"$@\"", folder.isEmpty ? "." : folder] + arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        // What it says is talk: standard output is for results.
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What danectl's parent blocked or ignored is not the hook's affair, or it could not be asked to end.
        var none = sigset_t()
        sigemptyset(&none)
        var every = sigset_t()
        sigfillset(&every)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var argumentPointers: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
        var inherited = environ
        while let entry = inherited.pointee {
            variables.append(strdup(entry))
            inherited += 1
        }
        variables.append(nil)
        defer { for pointer in argumentPointers + variables { free(pointer) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &argumentPointers, &variables)
        guard code == 0 else { return failed("cannot be run: \(SystemError(code: code).reason)") }

        var waited: Int64 = 0
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            if waited >= timeout * 1_000 {
                end(process, &status)
                return failed("has not ended after \(timeout) seconds and was killed")
            }
            usleep(waited < 100 ? 1_000 : 10_000)
            waited += waited < 100 ? 1 : 10
        }
        if status & 0x7F != 0 { return failed("was ended by signal \(status & 0x7F)") }
        let exitStatus = status >> 8 & 0xFF
        return exitStatus == 0 ? [] : failed("failed with exit status \(exitStatus)")
    }

    /// Ends a process and all that it started in its group: asks first, and after a second does not ask any more.
    private static func end(_ process: pid_t, _ status: inout Int32) {
        kill(-process, SIGTERM)
        var ended = false
        for _ in 0..<100 where !ended {
            usleep(10_000)
            ended = waitpid(process, &status, WNOHANG) != 0
        }
        // What the process started may have outlived it.
        kill(-process, SIGKILL)
        if !ended { waitpid(process, &status, 0) }
    }
}
