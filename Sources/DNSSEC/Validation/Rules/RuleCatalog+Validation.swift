public import Diagnostics

extension RuleCatalog {
    /// The rules of the validator: `verify/…`.
    public static let validation = RuleCatalog(ValidationRule.all.map(\.explanation))
}

extension ValidationRule {
    /// Every rule, once.
    static let all: [ValidationRule] = [
        .noSOA, .unsignedZone, .keyProtocol, .keyNotZoneKey, .keyMalformed, .algorithmUnsupported, .algorithmInsecure,
        .keySize, .keyTagCollision, .keyRevoked, .revokedKeyNotSigning, .entryKeyNotSigning, .keyMisplaced,
        .anchorMismatch, .anchorUnused,
        .anchorUnsupported, .anchorDigestWeak, .anchorOtherZone, .anchorAlgorithm, .dsMisplaced, .childKeyUnknown,
        .childKeyBreaks, .childKeyDisagrees, .childDeletion, .childKeySigner, .childKeyMisplaced, .zonemdMismatch,
        .zonemdSerial, .zonemdUnsupported, .zonemdDuplicate, .zonemdMisplaced, .signatureMissing,
        .algorithmIncomplete, .signatureInvalid, .signatureExpired, .signatureNotYetValid, .signatureTimes,
        .signerName, .labels, .originalTTL, .signatureTTL, .rrsetTTL, .keyUnknown, .keyUnpublished, .revokedSigner,
        .signatureUnsupported, .signatureMalformed, .signatureOverNothing, .signedDelegation, .signedGlue,
        .outsideZone, .expiresSoon, .denialMissing, .denialMixed, .denialMisplaced, .denialTTL, .bitmapEncoding,
        .nsecMissing, .nsecDuplicate, .nsecAlone, .nsecNext, .nsecBitmap, .denialMalformed, .paramMissing,
        .paramFlags, .paramSeveral, .paramUnused, .nsec3Parameters, .nsec3Iterations, .nsec3Salt, .nsec3Hash,
        .nsec3KeyAlgorithm, .nsec3Owner, .nsec3Flags, .nsec3Duplicate, .nsec3Missing, .nsec3Surplus, .nsec3Next,
        .nsec3Bitmap, .nsec3OptOut,
    ]
}
