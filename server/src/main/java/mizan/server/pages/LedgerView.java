package mizan.server.pages;

import java.util.Comparator;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.ledger.AccountId;
import mizan.server.app.Engine;
import mizan.server.console.page.Account;
import mizan.server.console.page.EntryState;
import mizan.server.console.page.Ledger;
import mizan.server.console.words.Lang;
import mizan.server.http.Call;

/// Reads the ledger page.
final class LedgerView {
    private static final int PAGE = 50;
    private final Engine engine;

    LedgerView(Engine engine) {
        this.engine = engine;
    }

    Ledger read(Call call, Lang lang) {
        var sums = engine.invariants();
        long after = call.query("after").map(LedgerView::number).orElse(0L);
        var entries = engine.reports().entries(after, PAGE + 1, Optional.empty());
        return new Ledger(
                "USD",
                engine.time().instant(),
                sums.entries(),
                sums.ledgerSum(),
                sums.largestOverspend(),
                engine.accountant().balances().entrySet().stream()
                        .map(e -> new Ledger.Balance(
                                name(e.getKey()), kind(e.getKey().kind()), owner(e.getKey(), lang), e.getValue(), 0))
                        .sorted(Comparator.comparing(Ledger.Balance::kind).thenComparing(Ledger.Balance::owner))
                        .limit(100)
                        .toList(),
                Optional.empty(),
                entries.stream()
                        .limit(PAGE)
                        .map(e -> new Ledger.Entry(
                                e.sequence(), e.at(), e.debit(), e.credit(), e.micros(), state(e.kind()), e.id()))
                        .toList(),
                entries.size() > PAGE
                        ? Optional.of(Long.toString(entries.get(PAGE - 1).sequence()))
                        : Optional.empty());
    }

    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    private static String name(AccountId account) {
        return account.kind().name().toLowerCase(java.util.Locale.ROOT) + ":" + account.owner();
    }

    private String owner(AccountId account, Lang lang) {
        if (account.owner().isEmpty()) {
            return "";
        }
        return Optional.ofNullable(engine.booking().book().advertisers().get(new AdvertiserId(account.owner())))
                .map(a -> a.name().in(lang.tag()))
                .orElse(account.owner());
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
