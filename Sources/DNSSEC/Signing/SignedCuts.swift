import DNSModel

extension SignedTables {
    /// The cuts of the signed zone: those of the unsigned one, with the hashed owner names in between.
    ///
    /// What signing adds makes no cut and no empty non-terminal, so nothing has to be found out again.
    func cuts(_ context: SigningContext) -> ZoneCuts {
        var inserted: OwnerIndex = 0
        var place = 0
        let terminals = context.cuts.emptyNonTerminals.map { terminal in
            // A hashed owner name that comes before an owner comes before the empty non-terminals right above that owner too:
            // all names between them and the owner are below them.
            if let positions = context.chain?.positions {
                while place < positions.count, positions[place] & ~NSEC3Chain.joinedBit <= terminal.position {
                    if positions[place] & NSEC3Chain.joinedBit == 0 { inserted += 1 }
                    place += 1
                }
            }
            return terminal.moved(to: terminal.position + inserted)
        }
        return ZoneCuts(classes: classes, emptyNonTerminals: terminals, ownersInZone: classes.indices)
    }
}
