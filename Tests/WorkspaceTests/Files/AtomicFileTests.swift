import Diagnostics
import Foundation
import Testing
import Workspace

@Suite("Replacing files")
struct AtomicFileTests {
    @Test(
        "What is no file is not replaced by one",
        arguments: [("a directory", true), ("a device, pipe or socket", false)])
    func otherThanFiles(_ kind: String, isFolder: Bool) throws {
        let path = "\(NSTemporaryDirectory())/danectl-no-file.\(getpid()).\(isFolder)"
        #expect((isFolder ? mkdir(path, 0o700) : mkfifo(path, 0o600)) == 0)
        defer { remove(path) }
        do {
            _ = try AtomicFile.replacing(path)
            Issue.record("it would be replaced")
        } catch {
            #expect(error.kind == .cannotWrite)
            #expect(error.diagnostics.map(\.rule) == ["file/unwritable"])
            #expect(error.diagnostics.first?.message.contains("found \(kind), expected a regular file") == true)
        }
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == (isFolder ? S_IFDIR : S_IFIFO))
    }
}
