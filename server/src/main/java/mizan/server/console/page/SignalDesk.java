package mizan.server.console.page;

import java.time.LocalDate;
import java.util.List;

/// The signal desk: what was read in the news, waiting for a person or decided by one.
///
/// @param waiting not decided yet, newest first
/// @param decided confirmed or rejected, newest first
/// @param aside   what the text read just now names and does not claim
/// @param notice  the key of what to say about the text read just now; empty before
/// @param found   how many new signals that text had
/// @param today   the day that the form begins with
public record SignalDesk(
        List<Row> waiting, List<Row> decided, List<Aside> aside, String notice, int found, LocalDate today) {
    public SignalDesk {
        waiting = List.copyOf(waiting);
        decided = List.copyOf(decided);
        aside = List.copyOf(aside);
    }

    /// One signal.
    ///
    /// @param byPlatform whether the platform did it to the advertiser
    /// @param planned    told as intended, not as done
    /// @param day        the first day it speaks of
    /// @param lastDay    the last
    /// @param stated     whether the sentence names the time; otherwise it is the day of the text
    /// @param toldBy     whom the sentence names as its source; empty if nobody
    /// @param some       "some of these companies": which ones nobody says
    /// @param source     where the text is from; empty if nobody said
    /// @param confirmed  whether a person said that it is right; of decided ones only
    public record Row(
            String id,
            String advertiserId,
            String name,
            Told told,
            boolean byPlatform,
            boolean planned,
            LocalDate day,
            LocalDate lastDay,
            boolean stated,
            String toldBy,
            boolean some,
            Text evidence,
            String source,
            boolean confirmed,
            String decidedBy) {}

    /// What a sentence names and does not claim.
    ///
    /// @param why a code of [mizan.core.signal.SetAside.Why]
    public record Aside(String name, Told told, String why, Text evidence) {}
}
