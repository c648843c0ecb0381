import Diagnostics
import Workspace

extension ManifestWorkspace {
    /// Reads the manifest that the options name, and says its warnings.
    static func open(_ options: GlobalOptions) throws(Failure) -> ManifestWorkspace {
        let result = try open(options.manifestPath)
        options.talk.report(result.diagnostics)
        guard let workspace = result.value else { throw Failure(.badInput, result.diagnostics) }
        return workspace
    }
}
