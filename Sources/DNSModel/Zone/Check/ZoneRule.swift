import Diagnostics

/// The rules that ``ZoneCheck`` knows.
enum ZoneRule: Sendable, CaseIterable {
    case cnameAndDNAME, cnameAndOtherData, multipleCNAME, multipleDNAME, dnameAndNS, dataBelowDNAME
    case missingSOA, duplicateSOA, misplacedSOA, soaZeroTimer, soaRetry, soaExpire, soaMinimum
    case missingNS, missingGlue, nsWithoutAddress, targetWithoutAddress, nsIsCNAME, mxIsCNAME, srvIsCNAME
    case dsAtApex, dsWithoutNS, wildcardNS, wildcardDNAME, dataAtCut, occludedData, outOfZone, notAtApex
    case ttlMismatch, zeroTTL, duplicateRecord, oddHostName
}

extension ZoneRule {
    /// The rule's stable name.
    var id: RuleID {
        switch self {
        case .cnameAndDNAME: "zone/cname-and-dname"
        case .cnameAndOtherData: "zone/cname-and-other-data"
        case .multipleCNAME: "zone/multiple-cname"
        case .multipleDNAME: "zone/multiple-dname"
        case .dnameAndNS: "zone/dname-and-ns"
        case .dataBelowDNAME: "zone/data-below-dname"
        case .missingSOA: "zone/missing-soa"
        case .duplicateSOA: "zone/duplicate-soa"
        case .misplacedSOA: "zone/misplaced-soa"
        case .soaZeroTimer: "zone/soa-zero-timer"
        case .soaRetry: "zone/soa-retry"
        case .soaExpire: "zone/soa-expire"
        case .soaMinimum: "zone/soa-minimum"
        case .missingNS: "zone/missing-ns"
        case .missingGlue: "zone/missing-glue"
        case .nsWithoutAddress: "zone/ns-without-address"
        case .targetWithoutAddress: "zone/target-without-address"
        case .nsIsCNAME: "zone/ns-is-cname"
        case .mxIsCNAME: "zone/mx-is-cname"
        case .srvIsCNAME: "zone/srv-is-cname"
        case .dsAtApex: "zone/ds-at-apex"
        case .dsWithoutNS: "zone/ds-without-ns"
        case .wildcardNS: "zone/wildcard-ns"
        case .wildcardDNAME: "zone/wildcard-dname"
        case .dataAtCut: "zone/data-at-cut"
        case .occludedData: "zone/occluded-data"
        case .outOfZone: "zone/out-of-zone"
        case .notAtApex: "zone/not-at-apex"
        case .ttlMismatch: "zone/rrset-ttl-mismatch"
        case .zeroTTL: "zone/zero-ttl"
        case .duplicateRecord: "zone/duplicate-record"
        case .oddHostName: "zone/odd-host-name"
        }
    }

    /// How much a breach matters: an error where an RFC says MUST NOT and what servers answer would be wrong. One
    /// delegation's missing glue keeps nobody else's zone from being signed.
    var severity: Severity {
        switch self {
        case .cnameAndDNAME, .cnameAndOtherData, .multipleCNAME, .multipleDNAME, .dnameAndNS, .dataBelowDNAME,
            .missingSOA, .duplicateSOA, .misplacedSOA, .missingNS, .nsIsCNAME, .mxIsCNAME, .srvIsCNAME,
            .dsAtApex:
            .error
        case .soaZeroTimer, .soaRetry, .soaExpire, .soaMinimum, .targetWithoutAddress, .missingGlue, .nsWithoutAddress,
            .dsWithoutNS, .wildcardNS,
            .wildcardDNAME, .dataAtCut, .occludedData, .outOfZone, .notAtApex, .ttlMismatch:
            .warning
        case .zeroTTL, .duplicateRecord, .oddHostName:
            .note
        }
    }
}
