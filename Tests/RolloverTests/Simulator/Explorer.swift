/// Walks through every reachable state of one authoritative server, the caches behind it and a client, tick by tick.
///
/// At each tick the server may take any version that was begun, and must have taken one that was finished long enough
/// ago; each cache may fetch, or not; the client may look up, or not. Nothing is computed from intervals.
struct Explorer {
    struct Version {
        var began: Int
        var finished: Int?
        var ttl: Int
        var expiration: Int?
    }

    var versions: [Version]
    var propagation: Int
    var layers: Int
    var rounding: Int
    var useDelay: Int
    var clockSkew: Int
    /// Whether there are caches and clients at all: what is presented is met at the server itself.
    var isCached: Bool

    /// The states seen, over all ticks.
    private(set) var stateCount = 0

    init(
        versions: [Version], propagation: Int, layers: Int, rounding: Int, useDelay: Int, clockSkew: Int,
        isCached: Bool
    ) {
        self.versions = versions
        self.propagation = propagation
        self.layers = layers
        self.rounding = rounding
        self.useDelay = useDelay
        self.clockSkew = clockSkew
        self.isCached = isCached
    }

    /// The server's version in the low eight bits, then sixteen for each cache and for the client: ticks left, and the
    /// version held plus one.
    private typealias State = UInt64

    private func held(_ state: State, _ place: Int) -> (version: Int, left: Int)? {
        let field = Int(state >> UInt64(8 + 16 * place) & 0xFFFF)
        return field == 0 ? nil : (field >> 8 - 1, field & 0xFF)
    }

    private func setting(_ state: State, _ place: Int, _ version: Int, _ left: Int) -> State {
        let shift = UInt64(8 + 16 * place)
        return state & ~(0xFFFF << shift) | UInt64((version + 1) << 8 | left) << shift
    }

    private var places: Int { isCached ? layers + 1 : 0 }

    /// For each tick of `ticks` the versions that can be used in a handshake, as bits.
    ///
    /// - Precondition: at most two layers, and lifetimes of at most 255 ticks.
    mutating func usableVersions(in ticks: ClosedRange<Int>, from start: Int) -> [Int: UInt32] {
        var result: [Int: UInt32] = [:]
        var states = Set(versions.indices.filter { versions[$0].began <= start }.map { State($0) })
        for tick in start...ticks.upperBound {
            states = closure(states.filter { isAllowed(Int($0 & 0xFF), at: tick) }, at: tick)
            stateCount += states.count
            if ticks.contains(tick) {
                result[tick] = states.reduce(0) { $0 | usable($1) }
            }
            states = Set(states.map { aged($0, at: tick + 1) })
        }
        return result
    }

    private func usable(_ state: State) -> UInt32 {
        guard isCached else { return 1 << UInt32(state & 0xFF) }
        return held(state, places - 1).map { 1 << UInt32($0.version) } ?? 0
    }

    /// Whether a server may still have this version at a tick.
    private func isAllowed(_ version: Int, at tick: Int) -> Bool {
        versions[(version + 1)...].allSatisfy { later in
            later.finished.map { $0 + propagation >= tick } ?? true
        }
    }

    private func isValid(_ version: Int, at tick: Int) -> Bool {
        versions[version].expiration.map { tick <= $0 + clockSkew } ?? true
    }

    /// All states within one tick: whatever may happen in it, in any order.
    private func closure(_ seeds: Set<State>, at tick: Int) -> Set<State> {
        var seen = seeds
        var pending = Array(seeds)
        func visit(_ state: State) {
            if seen.insert(state).inserted { pending.append(state) }
        }
        while let state = pending.popLast() {
            let server = Int(state & 0xFF)
            for next in versions.indices
            where next > server && versions[next].began <= tick && isAllowed(next, at: tick) {
                visit(state & ~0xFF | UInt64(next))
            }
            for place in 0..<places {
                guard let source = place == 0 ? server : held(state, place - 1)?.version, isValid(source, at: tick)
                else { continue }
                let isClient = place == places - 1
                visit(setting(state, place, source, isClient ? useDelay : versions[source].ttl + rounding))
            }
        }
        return seen
    }

    /// The state one tick later: time runs out for what is held, and signatures expire in caches.
    private func aged(_ state: State, at tick: Int) -> State {
        var next = state
        for place in 0..<places {
            guard let (version, left) = held(state, place) else { continue }
            let isClient = place == places - 1
            if left == 0 || (!isClient && !isValid(version, at: tick)) {
                next &= ~(0xFFFF << UInt64(8 + 16 * place))
            } else {
                next = setting(next, place, version, left - 1)
            }
        }
        return next
    }
}
