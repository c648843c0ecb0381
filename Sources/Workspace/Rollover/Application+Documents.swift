import DNSModel
import Diagnostics
import Manifest
import OpenSSLBridge
import Rollover

extension Application {
    /// Writes the POSH documents that are due.
    ///
    /// - Returns: Whether any was written.
    mutating func publishDocuments(_ plans: [CertificatePlan]) -> Bool {
        var didSomething = false
        for plan in plans {
            for step in plan.due {
                guard case .publish(.document(let file), let content, let ttl) = step.action,
                    let certificate = world.cases.first(where: { $0.intent.name == plan.certificate }),
                    certificate.intent.posh?.document.value == file
                else { continue }
                var events = world.certificateStates[plan.certificate]?.documents ?? []
                events.append(Event(at: now, track: .document(file), kind: .began(content, ttl: ttl)))
                world.certificateStates[plan.certificate]?.documents = events
                if finishDocument(of: certificate) {
                    report.done.append(step.action.description.replacing("write ", with: "wrote ", maxReplacements: 1))
                    didSomething = true
                }
            }
        }
        return didSomething
    }

    /// Writes the documents that an earlier run began.
    mutating func resumeDocuments() {
        for certificate in world.cases {
            guard world.certificateStates[certificate.intent.name]?.documents?.history.isUnfinished == true else {
                continue
            }
            _ = finishDocument(of: certificate)
        }
    }

    /// Writes the version that was begun last.
    private mutating func finishDocument(of certificate: CertificateCase) -> Bool {
        let name = certificate.intent.name
        guard let posh = certificate.intent.posh,
            let latest = world.certificateStates[name]?.documents?.filter({ $0.track == posh.track }).history.latest
        else { return false }
        let known = [certificate.live?.leaf, certificate.staged?.leaf].compactMap { $0 }
        do throws(Failure) {
            try saveState(ofCertificate: name)
            try POSHFile.write(latest.content, posh, known: known, in: workspace)
            world.certificateStates[name]?.documents?.append(Event(at: now, track: posh.track, kind: .finished))
            try saveState(ofCertificate: name)
            return true
        } catch {
            fail(error)
            return false
        }
    }
}
