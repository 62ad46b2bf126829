package mizan.server.pages;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId;
import mizan.server.app.Engine;
import mizan.server.console.page.Account;
import mizan.server.console.page.EntryState;
import mizan.server.console.page.Ledger;
import mizan.server.console.words.Words;
import mizan.server.http.Call;

/// Reads the ledger page.
final class LedgerView {
    private static final int PAGE = 50;
    private static final int MOST_ACCOUNTS = 60;
    private final Engine engine;
    private final Words words;

    LedgerView(Engine engine, Words words) {
        this.engine = engine;
        this.words = words;
    }

    /// The page, newest entries first.
    Ledger read(Call call) {
        var sums = engine.invariants();
        var account = call.query("account").filter(a -> a.matches("[a-z_]{1,40}(:[A-Za-z0-9_]{1,60})?"));
        var entries = engine.reports()
                .newestEntries(call.query("after").map(LedgerView::number).orElse(Long.MAX_VALUE), PAGE + 1, account);
        return new Ledger(
                "USD",
                engine.time().instant(),
                sums.entries(),
                sums.ledgerSum(),
                sums.largestOverspend(),
                balances(),
                account,
                entries.stream()
                        .limit(PAGE)
                        .map(e -> new Ledger.Entry(
                                e.sequence(),
                                e.at(),
                                read(e.debit()),
                                read(e.credit()),
                                e.micros(),
                                state(e.kind()),
                                e.id()))
                        .toList(),
                entries.size() > PAGE
                        ? Optional.of(Long.toString(entries.get(PAGE - 1).sequence()))
                        : Optional.empty());
    }

    /// The platform's own accounts first, then those of advertisers with what is held beside what is final.
    private List<Ledger.Balance> balances() {
        var balances = engine.accountant().balances();
        return balances.entrySet().stream()
                .filter(e -> e.getKey().kind() != AccountId.Kind.ADVERTISER_HOLDS)
                .map(e -> new Ledger.Balance(
                        name(e.getKey()),
                        kind(e.getKey().kind()),
                        owner(e.getKey()),
                        e.getValue(),
                        held(balances, e.getKey())))
                .sorted(Comparator.comparing((Ledger.Balance b) -> !b.owner().isEmpty())
                        .thenComparing(Comparator.comparingLong(Ledger.Balance::postedMicros)
                                .reversed()))
                .limit(MOST_ACCOUNTS)
                .toList();
    }

    private static long held(Map<AccountId, Long> balances, AccountId account) {
        return account.owner().isEmpty()
                ? 0
                : balances.getOrDefault(
                        new AccountId(AccountId.Kind.ADVERTISER_HOLDS, account.owner(), account.currency()), 0L);
    }

    /// An account as entries name it (`advertiser_funds:adv_...`), in words.
    private String read(String account) {
        int colon = account.indexOf(':');
        var code = colon < 0 ? account : account.substring(0, colon);
        var owner = colon < 0 ? "" : account.substring(colon + 1);
        var kind = words.name(kind(AccountId.Kind.valueOf(code.toUpperCase(Locale.ROOT))))
                .plain();
        return owner.isEmpty() ? kind : words.text("ledger.account_of", kind, ownerName(owner));
    }

    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }

    private static String name(AccountId account) {
        return account.kind().name().toLowerCase(Locale.ROOT)
                + (account.owner().isEmpty() ? "" : ":" + account.owner());
    }

    private String owner(AccountId account) {
        return account.owner().isEmpty() ? "" : ownerName(account.owner());
    }

    private String ownerName(String advertiser) {
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(advertiser)))
                .map(a -> a.name().in(words.lang().tag()))
                .orElse(advertiser);
    }

    private static Account kind(AccountId.Kind kind) {
        return switch (kind) {
            case ADVERTISER_FUNDS -> Account.FUNDS;
            case ADVERTISER_HOLDS -> Account.HOLDS;
            case PLATFORM_REVENUE -> Account.REVENUE;
            case HOUSE_COST -> Account.HOUSE_COST;
            case EXTERNAL_PAYMENTS -> Account.OUTSIDE;
        };
    }

    private static EntryState state(String kind) {
        return switch (kind) {
            case "pending" -> EntryState.PENDING;
            case "voided" -> EntryState.VOIDED;
            default -> EntryState.POSTED;
        };
    }
}
