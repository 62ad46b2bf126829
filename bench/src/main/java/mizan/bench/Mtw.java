package mizan.bench;

import java.util.List;

/// The workload MTW-1: campaigns with criteria and requests, all of them numbers. Absent criteria are empty
/// and ask for nothing; lists ascend.
///
/// Plain arrays, and not compared: whatever a list object adds would be counted against the scan.
@SuppressWarnings("ArrayRecordComponent")
record Mtw(List<Campaign> campaigns, List<Event> events) {
    Mtw {
        campaigns = List.copyOf(campaigns);
        events = List.copyOf(events);
    }

    static final int HOURS = 168;
    static final int[] ABSENT = {};

    /// @param age the lowest and the highest, both included
    /// @param hours one flag for each hour of the week
    record Campaign(
            int id,
            int[] country,
            int[] language,
            int[] device,
            int[] age,
            int[] interest,
            int[] segment,
            int[] noSegment,
            int[] keyword,
            int[] exCat,
            int[] exKeyword,
            int[] exAuthor,
            boolean[] hours,
            int[] placement) {}

    record Event(
            int country,
            int language,
            int device,
            int age,
            int hour,
            int placement,
            int[] interest,
            int[] segment,
            int[] keyword,
            int[] cat,
            int[] author) {}

    /// An order-free fingerprint of what matched is the sum of these.
    static long mix(int id) {
        long z = (id + 1L) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        return z ^ (z >>> 27);
    }
}
