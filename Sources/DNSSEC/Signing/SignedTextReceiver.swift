/// Takes the text of a zone while the zone is being signed.
public protocol SignedTextReceiver: AnyObject {
    /// Takes the next piece, on the thread that called the signer; returning `false` stops signing.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool

    /// Is shown the same pieces in the same order, one after the other but on any thread, for a digest of the text.
    var witness: @Sendable (UnsafeRawBufferPointer) -> Void { get }
}

/// The receiver has had enough.
struct TextRefused: Error {}
