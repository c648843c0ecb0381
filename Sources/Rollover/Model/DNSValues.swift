public import DNSModel

extension Association {
    /// What a TLSA record says.
    public init(_ record: RData.TLSA) {
        self.init(
            AssociationParameters(record.usage.rawValue, record.selector.rawValue, record.matchingType.rawValue),
            record.associationData)
    }

    /// The TLSA record that says this.
    public var record: RData.TLSA {
        RData.TLSA(
            usage: CertificateUsage(rawValue: parameters.usage), selector: Selector(rawValue: parameters.selector),
            matchingType: MatchingType(rawValue: parameters.matchingType), associationData: data)
    }
}

extension AssociationParameters {
    /// The triple from its registries.
    public init(_ usage: CertificateUsage, _ selector: Selector, _ matchingType: MatchingType) {
        self.init(usage.rawValue, selector.rawValue, matchingType.rawValue)
    }
}
