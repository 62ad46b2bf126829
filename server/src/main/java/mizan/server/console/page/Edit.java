package mizan.server.console.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The form of a campaign, an ad group or an ad, and what its texts would change.
///
/// @param path of the form
/// @param kind such as `ad_group`; its words are `edit.kind.*`
/// @param campaign the id of the campaign that it is, or lies in
/// @param version of the fields that the form was opened with
/// @param looked what was looked at, as a fingerprint of its texts; empty before the first look
/// @param changes what would differ
/// @param waits the rule that asks for a second person, as in `approval.kind.*`; empty when nobody else has to agree
/// @param within what lies in it
public record Edit(
        String path,
        String kind,
        String id,
        String name,
        String campaign,
        String campaignName,
        String currency,
        String version,
        String reason,
        List<Input> fields,
        String looked,
        List<Change> changes,
        List<Wrong> wrong,
        Cost cost,
        String waits,
        List<Within> within) {
    public Edit {
        fields = List.copyOf(fields);
        changes = List.copyOf(changes);
        wrong = List.copyOf(wrong);
        within = List.copyOf(within);
    }

    /// What a field, or the answer to a text that cannot be used, names as an example; empty where it names none.
    public static String example(String of) {
        return switch (of) {
            case "start", "day" -> "2026-11-23";
            case "frequency_caps", "caps" -> "3/P1D";
            case "countries" -> "SA; AE";
            case "amount" -> "1200.50";
            default -> "";
        };
    }

    /// A field of the form.
    ///
    /// @param name whose words are `column.*`
    /// @param choices what it can be, with words for each; empty where anything can be typed
    public record Input(String name, String value, Shape shape, Map<String, String> choices) {}

    /// How a field is typed.
    public enum Shape {
        WORDS,
        AMOUNT,
        DAY,
        LIST
    }

    /// @param column whose words are `column.*`
    public record Change(String column, String from, String to) {}

    /// @param column whose words are `column.*`; empty where the whole file is meant
    /// @param problem whose words are `bulk.wrong.*`
    public record Wrong(String column, String problem, String detail) {}

    /// What more may be spent in all.
    ///
    /// @param micros less than 0 when it is less
    /// @param unlimited whether a limit falls away
    public record Cost(long micros, boolean unlimited) {}

    /// Something that lies in it and has a form of its own.
    public record Within(String path, String name, String status) {}

    /// Many at once, from a file.
    ///
    /// @param advertisers to choose from, by id; empty once one is chosen
    /// @param file what was sent, to be sent again; empty before anything was
    /// @param done what the last file did; empty before
    public record Bulk(
            Map<String, String> advertisers,
            String advertiser,
            String name,
            String currency,
            int most,
            String file,
            String reason,
            Optional<Wrong> broken,
            List<Line> ready,
            List<Line> bad,
            int unchanged,
            Cost cost,
            Optional<Done> done) {
        public Bulk {
            ready = List.copyOf(ready);
            bad = List.copyOf(bad);
        }
    }

    /// A line of a file.
    ///
    /// @param number from 1
    /// @param waits as in [Edit]
    public record Line(
            long number, String id, String name, List<Change> changes, List<Wrong> wrong, Cost cost, String waits) {}

    public record Done(int booked, int waits, int refused) {}
}
