// IPSECKEY (RFC 4025 §3), AMTRELAY (RFC 8777 §4.3) and WKS (RFC 1035 §3.4.2). See RDataParser.

extension RDataFieldParser {
    mutating func appendIPSECKEY(into wire: inout [UInt8]) throws(RDataError) {
        field = RDataField("precedence", .uint8)
        wire.append(try number(UInt8.self))
        field = RDataField("gateway type", .uint8)
        let gatewayType = try gatewayKind()
        wire.append(gatewayType)
        field = RDataField("algorithm", .uint8)
        let algorithm = try number(UInt8.self)
        wire.append(algorithm)
        field = RDataField("gateway", .name)
        try appendGateway(gatewayType, into: &wire)
        field = RDataField("public key", .base64)
        if algorithm > 0 {
            try appendBase64(into: &wire)
        } else if index < tokens.count {
            throw error("rdata/trailing-data", "public key: algorithm 0 says that there is none (RFC 4025 §2.4)")
        }
    }

    mutating func appendAMTRELAY(into wire: inout [UInt8]) throws(RDataError) {
        field = RDataField("precedence", .uint8)
        wire.append(try number(UInt8.self))
        field = RDataField("D-bit", .uint8)
        let bitToken = try nextWord("0 or 1")
        guard let bit = UInt8(decimalOctets: octets(bitToken)), bit <= 1 else { throw mismatch(bitToken, "0 or 1") }
        field = RDataField("type", .uint8)
        let relayType = try gatewayKind()
        wire.append(bit << 7 | relayType)
        field = RDataField("relay", .name)
        try appendGateway(relayType, into: &wire)
    }

    /// The kind of a gateway, of which there are four.
    private mutating func gatewayKind() throws(RDataError) -> UInt8 {
        let expected = "0 (none), 1 (IPv4), 2 (IPv6) or 3 (a name)"
        let token = try nextWord(expected)
        guard let value = UInt8(decimalOctets: octets(token)), value <= 3 else { throw mismatch(token, expected) }
        return value
    }

    private mutating func appendGateway(_ type: UInt8, into wire: inout [UInt8]) throws(RDataError) {
        switch type {
        case 0:
            let token = try nextWord("a single dot")
            guard octets(token).elementsEqual(".".utf8) else {
                throw mismatch(token, "a single dot, as the type before it says that there is none")
            }
        case 1: try parse(.ipv4, into: &wire)
        case 2: try parse(.ipv6, into: &wire)
        default: try appendName(into: &wire)
        }
    }

    mutating func appendWellKnownServices(into wire: inout [UInt8]) throws(RDataError) {
        field = RDataField("PROTOCOL", .uint8)
        let token = try nextWord("a protocol's number or name")
        switch string(token).lowercased() {
        case "tcp": wire.append(6)
        case "udp": wire.append(17)
        default:
            guard let value = UInt8(decimalOctets: octets(token)) else {
                throw mismatch(token, "a number from 0 to 255, tcp or udp")
            }
            wire.append(value)
        }
        field = RDataField("BIT MAP", .wellKnownServices)
        var bits: [UInt8] = []
        while index < tokens.count {
            let token = try nextWord("a port's number or a service's name")
            guard let port = UInt16(decimalOctets: octets(token)) ?? WellKnownService.port(of: string(token)) else {
                throw mismatch(token, "a number from 0 to 65535 or the name of a well-known service")
            }
            while bits.count <= Int(port) >> 3 { bits.append(0) }
            bits[Int(port) >> 3] |= 0x80 >> UInt8(port & 7)
        }
        wire += bits
    }
}

/// The services that WKS records were written for, by the names of their time (RFC 1010 and its like).
enum WellKnownService {
    private static let ports: [String: UInt16] = [
        "tcpmux": 1, "rje": 5, "echo": 7, "discard": 9, "systat": 11, "users": 11, "daytime": 13, "netstat": 15,
        "qotd": 17, "quote": 17, "chargen": 19, "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25,
        "time": 37, "rlp": 39, "nameserver": 42, "whois": 43, "nicname": 43, "tacacs": 49, "domain": 53,
        "bootps": 67, "bootpc": 68, "tftp": 69, "gopher": 70, "finger": 79, "http": 80, "www": 80, "kerberos": 88,
        "supdup": 95, "hostname": 101, "hostnames": 101, "iso-tsap": 102, "x400": 103, "x400-snd": 104,
        "csnet-ns": 105, "pop2": 109, "pop3": 110, "sunrpc": 111, "auth": 113, "sftp": 115, "uucp-path": 117,
        "nntp": 119, "ntp": 123, "loc-srv": 135, "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139,
        "imap": 143, "imap2": 143, "snmp": 161, "snmp-trap": 162, "bgp": 179, "irc": 194, "ldap": 389,
        "https": 443,
    ]

    static func port(of name: String) -> UInt16? { ports[name.lowercased()] }
}
