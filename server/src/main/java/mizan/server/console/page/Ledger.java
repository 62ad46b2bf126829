package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The ledger: every account, every entry, and the two sums that must be zero.
///
/// @param currency       ISO code of all amounts shown
/// @param entryCount     how many entries there are in all
/// @param sumMicros      the sum of all accounts; anything but zero is an alarm
/// @param overspendMicros the largest amount ever that settled and held together exceeded a budget by
/// @param account        the account that the entries are limited to; empty for all
/// @param next           the cursor of the next page; empty on the last
public record Ledger(
        String currency,
        Instant asOf,
        long entryCount,
        long sumMicros,
        long overspendMicros,
        List<Balance> balances,
        Optional<String> account,
        List<Entry> entries,
        Optional<String> next) {
    public Ledger {
        balances = List.copyOf(balances);
        entries = List.copyOf(entries);
    }

    /// One account.
    ///
    /// @param id            the value of `?account=`
    /// @param owner         whose it is; empty for the platform's own
    /// @param postedMicros  final balance
    /// @param pendingMicros held, not yet final
    public record Balance(String id, Account kind, String owner, long postedMicros, long pendingMicros) {}

    /// One transfer from one account to another.
    ///
    /// @param about  the receipt, campaign or invoice behind it
    public record Entry(
            long number,
            Instant at,
            String fromAccount,
            String toAccount,
            long micros,
            EntryState state,
            String about) {}
}
