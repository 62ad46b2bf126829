package mizan.server.adcp;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.EntityStatus;
import mizan.core.ledger.AccountId;
import mizan.server.accounting.LedgerBatch;
import mizan.server.adcp.Documents.Kind;
import mizan.server.reporting.Reports;
import tools.jackson.databind.node.ObjectNode;

/// Accounts are advertisers. An agent that is bound to one has that one; any other gets one for each brand and operator
/// that it names.
final class Accounts {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private Accounts() {}

    /// An account as its agent names it.
    ///
    /// @param known what the agent said of it
    record Account(Advertiser advertiser, Optional<ObjectNode> known) {
        String id() {
            return advertiser.id().value();
        }

        String currency() {
            return advertiser.currency().getCurrencyCode();
        }
    }

    /// The account that a request is about.
    static Account of(Sale sale) {
        var reference = sale.asked.object("account").orElseThrow(() -> AdcpError.invalid("account", "is required"));
        return find(sale, reference)
                .orElseThrow(
                        () -> new AdcpError("ACCOUNT_NOT_FOUND", "no such account: call sync_accounts", "account"));
    }

    /// The one that a request is about, or where it names none, all of the agent's.
    static List<Account> some(Sale sale) {
        return sale.asked.has("account") ? List.of(of(sale)) : all(sale);
    }

    static List<Account> all(Sale sale) {
        var found = new ArrayList<Account>();
        for (var document : sale.documents(Kind.ACCOUNT, sale.agent()).values()) {
            sale.advertiser(document.path("account_id").asString(""))
                    .ifPresent(a -> found.add(new Account(a, Optional.of(document))));
        }
        sale.caller()
                .advertiser()
                .filter(_ -> found.isEmpty())
                .flatMap(sale::advertiser)
                .ifPresent(a -> found.add(new Account(a, Optional.empty())));
        return found.stream()
                .sorted(java.util.Comparator.comparing(Account::id))
                .toList();
    }

    private static Optional<Account> find(Sale sale, Asked reference) {
        var name = reference.has("account_id") ? reference.text("account_id") : natural(sale, reference);
        var known = sale.document(Kind.ACCOUNT, sale.agent(), name);
        var id = known.map(k -> k.path("account_id").asString("")).orElse(name);
        var found = sale.advertiser(id).map(a -> new Account(a, known));
        return found.isEmpty() && sale.sandbox() && sale.caller().advertiser().isEmpty()
                ? Optional.of(assumed(sale, name, reference))
                : found;
    }

    /// A test begins anywhere in the story: what it would have set up before is there. An id that nobody gave is any
    /// account's.
    private static Account assumed(Sale sale, String name, Asked reference) {
        var any = reference.has("account_id") ? all(sale).stream().findFirst() : Optional.<Account>empty();
        return any.orElseGet(() -> opened(sale, name, brand(reference), operator(reference)));
    }

    /// In the sandbox one for each brand: the standard's own tests name the operator now this way, now that.
    private static String natural(Sale sale, Asked reference) {
        return sale.sandbox() ? brand(reference) : brand(reference) + "|" + operator(reference);
    }

    private static String brand(Asked reference) {
        return reference.has("account_id")
                ? "sandbox.example"
                : domain(reference
                        .object("brand")
                        .orElseThrow(() -> AdcpError.invalid(reference.where() + "brand", "is required"))
                        .text("domain"));
    }

    private static String operator(Asked reference) {
        return reference.has("account_id") ? "sandbox.example" : domain(reference.text("operator"));
    }

    private static String domain(String text) {
        if (text.length() > 253 || !DOMAIN.matcher(text).matches()) {
            throw AdcpError.invalid("account", "a domain such as brand.example");
        }
        return text;
    }

    /// @param name what the agent names it by
    private static Account opened(Sale sale, String name, String brand, String operator) {
        var bound = sale.caller().advertiser().flatMap(sale::advertiser);
        var advertiser = bound.orElseGet(() -> booked(sale, brand, operator));
        var document = Sale.node().put("account_id", advertiser.id().value());
        document.putObject("brand").put("domain", brand);
        document.put("operator", operator);
        sale.keep(Kind.ACCOUNT, sale.agent(), name, document);
        return new Account(advertiser, Optional.of(document));
    }

    private static Advertiser booked(Sale sale, String brand, String operator) {
        var fields = Sale.node();
        fields.putObject("name").put("en", brand);
        fields.put("payer", operator).put("currency", currency(sale)).put("time_zone", "UTC");
        var id = sale.add(mizan.server.booking.Kind.ADVERTISER, fields).id();
        return sale.advertiser(id).orElseThrow();
    }

    /// That of the feed: there is no exchange inside Mizan.
    private static String currency(Sale sale) {
        return sale.book().placements().values().stream()
                .filter(p -> p.status() == EntityStatus.ACTIVE)
                .map(p -> p.currency().getCurrencyCode())
                .sorted()
                .findFirst()
                .orElse("USD");
    }

    static ObjectNode sync(Sale sale) {
        var answer = Sale.node();
        var list = answer.putArray("accounts");
        boolean dry = sale.asked.flag("dry_run").orElse(false);
        if (sale.asked.objects("accounts").isEmpty()) {
            throw AdcpError.invalid("accounts", "at least one");
        }
        for (var one : sale.asked.objects("accounts")) {
            var brand = brand(one);
            var operator = operator(one);
            var known = sale.document(Kind.ACCOUNT, sale.agent(), natural(sale, one))
                    .flatMap(d -> sale.advertiser(d.path("account_id").asString(""))
                            .map(a -> new Account(a, Optional.of(d))));
            var json = list.addObject();
            if (known.isEmpty() && dry) {
                json.putObject("brand").put("domain", brand);
                json.put("operator", operator).put("action", "created").put("status", "active");
                continue;
            }
            describe(sale, json, known.orElseGet(() -> opened(sale, natural(sale, one), brand, operator)));
            json.put("action", known.isPresent() ? "unchanged" : "created");
            // What is bought is paid from funds: see get_account_financials.
            json.put("billing", one.optional("billing").orElse("operator")).put("payment_terms", "prepay");
        }
        if (dry) {
            answer.put("dry_run", true);
        }
        return answer;
    }

    static ObjectNode list(Sale sale) {
        var wanted = sale.asked.optional("status");
        var all = all(sale).stream()
                .filter(a -> wanted.map(w -> w.equals(status(a.advertiser()))).orElse(true))
                .toList();
        var page = Pages.of(sale.asked, all, Account::id);
        var answer = Sale.node();
        var list = answer.putArray("accounts");
        page.items().forEach(a -> describe(sale, list.addObject(), a));
        page.write(answer);
        return answer;
    }

    private static void describe(Sale sale, ObjectNode json, Account account) {
        json.put("account_id", account.id());
        json.put(
                "name",
                account.advertiser().name().byLanguage().values().stream()
                        .sorted()
                        .findFirst()
                        .orElse(account.id()));
        account.known().ifPresent(k -> {
            json.set("brand", k.path("brand").deepCopy());
            json.put("operator", k.path("operator").asString(""));
        });
        json.put("status", status(account.advertiser())).put("sandbox", sale.sandbox());
    }

    private static String status(Advertiser advertiser) {
        return advertiser.status().name().toLowerCase(Locale.ROOT);
    }

    /// What was spent in the period, and what is left to spend.
    static ObjectNode financials(Sale sale) {
        var account = of(sale);
        var today = LocalDate.ofInstant(sale.now(), ZoneOffset.UTC);
        var period = sale.asked.object("period");
        var start = period.map(p -> day(p, "start")).orElse(today.withDayOfMonth(1));
        var end = period.map(p -> day(p, "end")).orElse(today);
        if (end.isBefore(start)) {
            throw AdcpError.invalid("period.end", "not before the start");
        }
        long spent = sale
                .engine()
                .reports()
                .daily(
                        Reports.By.ADVERTISER,
                        start.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        end.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        Optional.of(account.id()))
                .values()
                .stream()
                .mapToLong(LedgerBatch.Counts::spendMicros)
                .sum();
        var funds = new AccountId(
                AccountId.Kind.ADVERTISER_FUNDS,
                account.id(),
                account.advertiser().currency());
        var answer = Sale.node();
        var named = answer.putObject("account");
        named.put("account_id", account.id());
        answer.put("currency", account.currency()).put("timezone", "UTC");
        answer.putObject("period").put("start", start.toString()).put("end", end.toString());
        answer.putObject("spend").put("total_spend", Money.of(spent));
        answer.putObject("balance")
                .put("available", Money.of(sale.engine().accountant().balances().getOrDefault(funds, 0L)));
        answer.put("payment_terms", "prepay");
        return answer;
    }

    private static LocalDate day(Asked period, String name) {
        try {
            return LocalDate.parse(period.text(name));
        } catch (java.time.format.DateTimeParseException _) {
            throw AdcpError.invalid("period." + name, "a day such as 2026-12-01");
        }
    }
}
