package mizan.server.console.page;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import mizan.server.billing.Document;
import mizan.server.billing.Party;

/// The list of invoices and credit notes.
///
/// @param rows newest first
/// @param parties whose billing data is there or missing; empty for whoever may not write it
/// @param lastMonth the last that has ended
/// @param mayIssue whether the reader may issue
public record Invoices(List<Row> rows, List<Side> parties, YearMonth lastMonth, boolean mayIssue) {
    public Invoices {
        rows = List.copyOf(rows);
        parties = List.copyOf(parties);
    }

    /// @param advertiser its name
    public record Row(Document document, String advertiser) {}

    /// The operator or an advertiser.
    ///
    /// @param id an advertiser's, or [Party#OPERATOR]
    /// @param name empty for the operator
    public record Side(String id, String name, boolean known) {}

    /// One document.
    ///
    /// @param notes that correct it
    /// @param mayCredit whether the reader may issue a credit note to it
    public record Single(Document document, List<Document> notes, boolean mayCredit) {
        public Single {
            notes = List.copyOf(notes);
        }
    }

    /// The form of the operator's or an advertiser's billing data.
    ///
    /// @param party what is kept now
    public record Form(Side side, Optional<Party> party) {}
}
