import DNSModel
import Glibc

/// Large files are mapped into memory instead of being read: they are gone through once, from front to back.
enum MappedFile {
    /// Files below this many octets are read, which is quicker and cannot be upset by a file that is cut short meanwhile.
    private static let mappingThreshold = 8 << 20

    /// The octets of a file; `-` is standard input.
    static func octets(of path: String) throws(Failure) -> ZoneFileOctets {
        if path == "-" { return ZoneFileOctets(try InputFile.octets(of: path)) }
        let descriptor = try InputFile.descriptor(path)
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Int(status.st_size) >= mappingThreshold,
            let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
        else { return ZoneFileOctets(try InputFile.octets(of: path)) }
        madvise(memory, Int(status.st_size), MADV_SEQUENTIAL)
        return ZoneFileOctets(
            takingOwnershipOf: UnsafeRawBufferPointer(start: memory, count: Int(status.st_size)),
            release: { munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count) }, leave: leave)
    }

    /// Gives whole pages of a mapped file back; they come again from the file when they are read.
    private static func leave(_ octets: UnsafeRawBufferPointer) {
        guard let start = octets.baseAddress else { return }
        let pageSize = 4096
        let address = UInt(bitPattern: start)
        let first = (address + UInt(pageSize) - 1) & ~UInt(pageSize - 1)
        let end = (address + UInt(octets.count)) & ~UInt(pageSize - 1)
        guard first < end, let page = UnsafeMutableRawPointer(bitPattern: first) else { return }
        madvise(page, Int(end - first), MADV_DONTNEED)
    }
}
