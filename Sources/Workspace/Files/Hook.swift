import Diagnostics
import Glibc

/// The operator's own commands: program and arguments as they are, never parsed by a shell, for a limited time.
enum Hook {
    /// Runs a command.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in `PATH`, and its arguments.
    ///   - folder: The folder to run in.
    ///   - timeout: Seconds after which it is killed.
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
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)

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
                kill(-process, SIGKILL)
                waitpid(process, &status, 0)
                return failed("has not ended after \(timeout) seconds and was killed")
            }
            usleep(waited < 100 ? 1_000 : 10_000)
            waited += waited < 100 ? 1 : 10
        }
        if status & 0x7F != 0 { return failed("was ended by signal \(status & 0x7F)") }
        let exitStatus = status >> 8 & 0xFF
        return exitStatus == 0 ? [] : failed("failed with exit status \(exitStatus)")
    }
}
