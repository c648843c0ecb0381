extension RDataLayout {
    /// Every type that has a presentation format, and its fields under the names that its RFC gives them.
    ///
    /// A type that is missing here is read and written as RFC 3597 §5 says. To add one, add a row.
    static let definitions: [(types: [UInt16], fields: [RDataField])] = [
        ([1], [.init("ADDRESS", .ipv4)]),
        ([2], [.init("NSDNAME", .canonicalName)]),
        ([3, 4, 7], [.init("MADNAME", .canonicalName)]),
        ([5], [.init("CNAME", .canonicalName)]),
        (
            [6],
            [
                .init("MNAME", .canonicalName), .init("RNAME", .canonicalName), .init("SERIAL", .uint32),
                .init("REFRESH", .period), .init("RETRY", .period), .init("EXPIRE", .period),
                .init("MINIMUM", .period),
            ]
        ),
        ([8], [.init("MGMNAME", .canonicalName)]),
        ([9], [.init("NEWNAME", .canonicalName)]),
        ([11], [.init("ADDRESS", .ipv4), .init("PROTOCOL and BIT MAP", .wellKnownServices)]),
        ([12], [.init("PTRDNAME", .canonicalName)]),
        ([13], [.init("CPU", .string), .init("OS", .string)]),
        ([14], [.init("RMAILBX", .canonicalName), .init("EMAILBX", .canonicalName)]),
        ([15], [.init("PREFERENCE", .uint16), .init("EXCHANGE", .canonicalName)]),
        ([16, 99], [.init("TXT-DATA", .strings)]),
        ([17], [.init("mbox-dname", .canonicalName), .init("txt-dname", .canonicalName)]),
        ([18], [.init("subtype", .uint16), .init("hostname", .canonicalName)]),
        ([19], [.init("PSDN-address", .string)]),
        ([20], [.init("ISDN-address", .string), .init("sa", .optionalString)]),
        ([21], [.init("preference", .uint16), .init("intermediate-host", .canonicalName)]),
        ([22], [.init("NSAP", .nsap)]),
        ([23], [.init("owner", .name)]),
        (
            [24, 46],
            [
                .init("type covered", .type), .init("algorithm", .algorithm), .init("labels", .uint8),
                .init("original TTL", .ttl), .init("signature expiration", .time),
                .init("signature inception", .time), .init("key tag", .uint16),
                .init("signer's name", .canonicalName), .init("signature", .base64),
            ]
        ),
        (
            [25],
            [
                .init("flags", .uint16), .init("protocol", .uint8), .init("algorithm", .algorithm),
                .init("public key", .optionalBase64),
            ]
        ),
        (
            [26],
            [.init("PREFERENCE", .uint16), .init("MAP822", .canonicalName), .init("MAPX400", .canonicalName)]
        ),
        ([27], [.init("LONGITUDE", .string), .init("LATITUDE", .string), .init("ALTITUDE", .string)]),
        ([28], [.init("ADDRESS", .ipv6)]),
        ([29], [.init("location", .location)]),
        ([30], [.init("next domain name", .canonicalName), .init("type bit map", .nxtBitmap)]),
        ([31], [.init("endpoint identifier", .hex)]),
        ([32], [.init("Nimrod locator", .hex)]),
        (
            [33],
            [
                .init("Priority", .uint16), .init("Weight", .uint16), .init("Port", .uint16),
                .init("Target", .canonicalName),
            ]
        ),
        ([34], [.init("ADDRESS", .atmAddress)]),
        (
            [35],
            [
                .init("ORDER", .uint16), .init("PREFERENCE", .uint16), .init("FLAGS", .string),
                .init("SERVICES", .string), .init("REGEXP", .string), .init("REPLACEMENT", .canonicalName),
            ]
        ),
        ([36], [.init("PREFERENCE", .uint16), .init("EXCHANGER", .canonicalName)]),
        (
            [37],
            [
                .init("type", .certificateType), .init("key tag", .uint16), .init("algorithm", .algorithm),
                .init("certificate or CRL", .base64),
            ]
        ),
        ([38], [.init("address chain", .ipv6Chain)]),
        ([39], [.init("target", .canonicalName)]),
        (
            [40],
            [
                .init("meaning", .uint8), .init("coding", .uint8), .init("subcoding", .subcoding),
                .init("data", .optionalBase64),
            ]
        ),
        ([42], [.init("address prefixes", .prefixes)]),
        (
            [43, 32768, 32769],
            [
                .init("key tag", .uint16), .init("algorithm", .algorithm), .init("digest type", .uint8),
                .init("digest", .hex),
            ]
        ),
        ([44], [.init("algorithm", .uint8), .init("fingerprint type", .uint8), .init("fingerprint", .hex)]),
        ([45], [.init("IPsec key", .ipsecKey)]),
        ([47], [.init("next domain name", .name), .init("type bit maps", .bitmap)]),
        (
            [48],
            [
                .init("flags", .uint16), .init("protocol", .uint8), .init("algorithm", .algorithm),
                .init("public key", .base64),
            ]
        ),
        ([49], [.init("digest", .base64)]),
        (
            [50],
            [
                .init("hash algorithm", .uint8), .init("flags", .uint8), .init("iterations", .uint16),
                .init("salt", .salt), .init("next hashed owner name", .nextHash), .init("type bit maps", .bitmap),
            ]
        ),
        (
            [51],
            [
                .init("hash algorithm", .uint8), .init("flags", .uint8), .init("iterations", .uint16),
                .init("salt", .salt),
            ]
        ),
        (
            [52, 53],
            [
                .init("certificate usage", .uint8), .init("selector", .uint8), .init("matching type", .uint8),
                .init("certificate association data", .hex),
            ]
        ),
        ([55], [.init("host identity", .hostIdentity), .init("rendezvous servers", .names)]),
        ([56], [.init("ZS-DATA", .strings)]),
        (
            [57],
            [
                .init("flags", .uint16), .init("protocol", .uint8), .init("algorithm", .algorithm),
                .init("public key", .base64),
            ]
        ),
        ([58], [.init("previous name", .name), .init("next name", .name)]),
        (
            [59],
            [
                .init("key tag", .uint16), .init("algorithm", .algorithm), .init("digest type", .uint8),
                .init("digest", .hexOrZero),
            ]
        ),
        (
            [60],
            [
                .init("flags", .uint16), .init("protocol", .uint8), .init("algorithm", .algorithm),
                .init("public key", .base64OrZero),
            ]
        ),
        ([61], [.init("OpenPGP public key", .base64)]),
        ([62], [.init("SOA serial", .uint32), .init("flags", .uint16), .init("type bit map", .bitmap)]),
        (
            [63],
            [
                .init("Serial", .uint32), .init("Scheme", .uint8), .init("Hash Algorithm", .uint8),
                .init("Digest", .hex),
            ]
        ),
        (
            [64, 65],
            [
                .init("SvcPriority", .uint16), .init("TargetName", .name), .init("SvcParams", .serviceParameters),
            ]
        ),
        (
            [66],
            [.init("RRtype", .type), .init("Scheme", .syncScheme), .init("Port", .uint16), .init("Target", .name)]
        ),
        ([67], [.init("HHIT data", .base64)]),
        ([68], [.init("BRID data", .base64)]),
        ([104], [.init("Preference", .uint16), .init("NodeID", .locator64)]),
        ([105], [.init("Preference", .uint16), .init("Locator32", .ipv4)]),
        ([106], [.init("Preference", .uint16), .init("Locator64", .locator64)]),
        ([107], [.init("Preference", .uint16), .init("FQDN", .name)]),
        ([108], [.init("Address", .eui48)]),
        ([109], [.init("Address", .eui64)]),
        ([256], [.init("Priority", .uint16), .init("Weight", .uint16), .init("Target", .text)]),
        ([257], [.init("Flags", .uint8), .init("Tag", .tag), .init("Value", .optionalText)]),
        ([258], [.init("AVC-DATA", .strings)]),
        (
            [259],
            [
                .init("DOA-ENTERPRISE", .uint32), .init("DOA-TYPE", .uint32), .init("DOA-LOCATION", .uint8),
                .init("DOA-MEDIA-TYPE", .string), .init("DOA-DATA", .base64OrDash),
            ]
        ),
        ([260], [.init("AMT relay", .amtRelay)]),
        ([261], [.init("RESINFO-DATA", .strings)]),
        ([262], [.init("WALLET-DATA", .strings)]),
        ([263], [.init("CLA-DATA", .strings)]),
        ([264], [.init("CBHE Node Number", .nodeNumber)]),
    ]
}
