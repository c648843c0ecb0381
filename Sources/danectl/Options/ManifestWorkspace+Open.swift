import Diagnostics
import Workspace

extension ManifestWorkspace {
    /// Reads the manifest that the settings name, and says its warnings.
    static func open(_ settings: GlobalSettings) throws(Failure) -> ManifestWorkspace {
        let result = try open(settings.manifestPath)
        settings.talk.report(result.diagnostics)
        guard let workspace = result.value else { throw Failure(.badInput, result.diagnostics) }
        return workspace
    }
}
