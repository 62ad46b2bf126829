package mizan.server.journal;

/// One record of the journal.
///
/// @param start its position: the place of its first byte in the endless row of all segments
/// @param end the position after its last byte, where the next record starts
/// @param kind what the payload is
/// @param payload at most 1 MiB; not copied, so do not change it
@SuppressWarnings(
        "ArrayRecordComponent") // Read once by a codec; a copy for every record would cost more than it protects.
public record Entry(long start, long end, byte kind, byte[] payload) {}
