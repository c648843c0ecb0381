/// Takes the text of a zone while the zone is being signed.
public protocol SignedTextReceiver: AnyObject {
    /// Takes the next piece, on the thread that called the signer; returning `false` stops signing.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool
}

/// The receiver has had enough.
struct TextRefused: Error {}
