package mizan.server.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import mizan.server.console.page.Access;
import mizan.server.console.page.Campaign.Value;
import mizan.server.console.page.Entrance;
import mizan.server.console.page.Frame;
import mizan.server.console.words.Words;

/// Invented people, keys and requests.
final class SampleAccess {
    private static final Instant NOW = Instant.parse("2026-11-23T11:02:00Z");
    private static final long UNIT = 1_000_000;

    private SampleAccess() {}

    /// Every page about people, by name.
    static Map<String, String> pages(Console console, Words words, Function<String, Frame> frame) {
        var pages = new LinkedHashMap<String, String>();
        var join = new Entrance.Step.Join("c0de", true, "role.owner", "", "Noor", "");
        var back = new Entrance.Step.Return("noor@marsa.example", "/campaigns");
        pages.put("join", console.entrance(frame.apply("/join/c0de"), words, entrance(join, "entrance.wrong.name")));
        pages.put("sign-in", console.entrance(frame.apply("/sign-in"), words, entrance(back, "entrance.wrong")));
        pages.put("people", console.people(frame.apply("/people"), words, people()));
        pages.put("keys", console.keys(frame.apply("/keys"), words, keys()));
        pages.put("approvals", console.approvals(frame.apply("/approvals"), words, approvals()));
        pages.put("approval", console.approval(frame.apply("/approvals/apr_1"), words, request("pending", "")));
        pages.put(
                "approval-own",
                console.approval(frame.apply("/approvals/apr_1"), words, request("pending", "approval.own")));
        pages.put("audit", console.audit(frame.apply("/audit"), words, audit()));
        pages.put("account", console.account(frame.apply("/account"), words, own()));
        return pages;
    }

    private static Entrance entrance(Entrance.Step step, String problem) {
        return new Entrance(
                "Y2hhbGxlbmdl",
                "localhost",
                Optional.of(problem),
                List.of(new Entrance.Way("marsa", "Marsa ID", "https://id.example")),
                step);
    }

    private static Access.People people() {
        var row = new Access.PersonRow(
                "per_1",
                "Noor",
                "noor@marsa.example",
                "role.buyer",
                "Nordlys",
                2,
                true,
                1,
                NOW,
                Optional.empty(),
                true,
                false);
        return new Access.People(List.of(row), roles(), advertisers(), Optional.of("https://ads.example/join/c0de"));
    }

    private static List<Access.Choice> roles() {
        return List.of(new Access.Choice("BUYER", "role.buyer", ""));
    }

    private static List<Access.Choice> advertisers() {
        return List.of(new Access.Choice("adv_1", "", "Nordlys"));
    }

    private static Access.Keys keys() {
        var row = new Access.KeyRow(
                "key_1",
                "feed",
                "mz_live_",
                List.of("serve", "posts:write"),
                "",
                NOW,
                Optional.empty(),
                Optional.empty(),
                false,
                true);
        return new Access.Keys(List.of(row), roles(), advertisers(), Optional.of("mz_live_0"), Optional.of("apr_2"));
    }

    private static Access.Approvals approvals() {
        return new Access.Approvals(
                List.of(request("pending", "")),
                List.of(request("declined", "approval.over")),
                List.of(
                        new Access.RuleRow("raise", true, OptionalLong.of(10_000 * UNIT)),
                        new Access.RuleRow("key_change", false, OptionalLong.empty())),
                true);
    }

    private static Access.Request request(String state, String hindrance) {
        return new Access.Request(
                "apr_1",
                "raise",
                state,
                "cmp_7Q2M9",
                "/campaigns/cmp_7Q2M9",
                "Winter",
                "Nordlys",
                List.of(new Access.Difference(
                        "budget.total_micros", new Value.Amount(100_000 * UNIT), new Value.Amount(150_000 * UNIT))),
                50_000 * UNIT,
                "USD",
                OptionalLong.of(61_000 * UNIT),
                "Omar",
                NOW,
                NOW.plusSeconds(86_400 * 7),
                "Sales went up",
                hindrance,
                state.equals("pending") ? Optional.empty() : Optional.of(new Access.Decision("Noor", NOW, "later")));
    }

    private static Access.Audit audit() {
        return new Access.Audit(
                List.of(new Access.ActRow(
                        12, NOW, "per_1", "Noor", "pauseCampaign", "cmp_7Q2M9", "{\"a\":1}", "{\"a\":2}", "127.0.0.1")),
                Optional.of("11"));
    }

    private static Access.Own own() {
        return new Access.Own(
                "Noor",
                "noor@marsa.example",
                "role.owner",
                true,
                new Access.SecondFactor(true, Optional.empty(), 8, List.of("2345-6789-abcd")),
                List.of(new Access.PasskeyRow("k", NOW)),
                List.of(new Access.ProviderRow("marsa", "Marsa ID", "https://id.example", true)),
                List.of(new Access.SessionRow(NOW, NOW, "127.0.0.1", true)),
                "Y2hhbGxlbmdl",
                "localhost",
                Optional.empty());
    }
}
