/// How a zone is judged while it is being signed: its whole structure, the apex, and a sample of the other signatures.
package struct ConcurrentValidation: Sendable {
    /// What leads into the zone.
    package var anchors: [TrustAnchor]
    /// A zone of as many signatures or fewer is not judged: the caller will read it back, and verify them all.
    package var threshold: Int
    /// About how many signatures of another one are verified.
    package var sample: Int

    package init(anchors: [TrustAnchor], threshold: Int, sample: Int) {
        self.anchors = anchors
        self.threshold = threshold
        self.sample = sample
    }
}
