package mizan.server.console.page;

import java.time.LocalDate;
import java.util.List;

/// The form that asks for an evidence pack.
///
/// @param to the day after the last
public record EvidenceForm(List<DisputeList.Choice> advertisers, LocalDate from, LocalDate to, String lang) {
    public EvidenceForm {
        advertisers = List.copyOf(advertisers);
    }
}
