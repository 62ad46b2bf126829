package mizan.server.api;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import mizan.core.campaign.Ad;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.Book;
import mizan.core.campaign.Campaign;
import mizan.core.campaign.Flight;
import mizan.core.campaign.Servability;
import mizan.server.booking.Booking;
import tools.jackson.databind.node.ArrayNode;

/// Why something cannot be served: the code, the thing at fault, since when, and what to do about it.
final class StatusReasons {
    private static final Map<String, Properties> FIXES = Map.of("en", words("en"), "ar", words("ar"));

    private StatusReasons() {}

    /// @param of the id of the thing that has to change
    /// @param field the field of it that says so
    /// @param since where it follows from a time; else the change log knows
    record Reason(String code, String of, String field, Optional<Instant> since) {}

    static List<Reason> of(Book book, Campaign campaign, Instant now) {
        var advertiser = campaign.advertiser().value();
        return Servability.reasonsNotServable(book, campaign, now).stream()
                .map(code -> code.startsWith("campaign_") || isOfFlight(code)
                        ? own(code, campaign.id().value(), campaign.flight())
                        : new Reason(code, advertiser, "account_status", Optional.empty()))
                .toList();
    }

    static List<Reason> of(Book book, AdGroup group, Instant now) {
        var campaign = book.campaignOf(group);
        var reasons = new ArrayList<>(of(book, campaign, now));
        Servability.reasonsNotServable(book, group, now).stream()
                .skip(reasons.size())
                .map(code -> own(code, group.id().value(), group.flight().orElse(campaign.flight())))
                .forEach(reasons::add);
        return reasons;
    }

    /// Its own first, then those of its group and what that belongs to.
    static List<Reason> of(Book book, Ad ad, Instant now) {
        var reasons = new ArrayList<Reason>();
        for (var code : Servability.reasonsNotServable(book, ad)) {
            boolean creative = code.startsWith("ad_");
            reasons.add(new Reason(
                    code,
                    creative ? ad.creative().value() : ad.id().value(),
                    creative ? "review_status" : "entity_status",
                    Optional.empty()));
        }
        Optional.ofNullable(book.adGroups().get(ad.adGroup())).ifPresent(group -> reasons.addAll(of(book, group, now)));
        return reasons;
    }

    private static boolean isOfFlight(String code) {
        return code.equals("not_started") || code.equals("ended");
    }

    private static Reason own(String code, String id, Flight flight) {
        return isOfFlight(code)
                ? new Reason(code, id, "flight", code.equals("ended") ? flight.end() : Optional.empty())
                : new Reason(code, id, "entity_status", Optional.empty());
    }

    /// @param language `ar` or `en`
    static void write(ArrayNode list, List<Reason> reasons, Booking booking, String language) {
        for (var reason : reasons) {
            var json = list.addObject().put("code", reason.code()).put("of", reason.of());
            since(reason, booking).ifPresent(since -> json.put("since", since.toString()));
            json.put("fix", fix(reason.code(), language));
        }
    }

    private static Optional<Instant> since(Reason reason, Booking booking) {
        if (reason.since().isPresent() || reason.field().equals("flight")) {
            return reason.since();
        }
        Optional<Instant> since = Optional.empty();
        var history = booking.history(reason.of(), 100);
        for (var change : history) {
            var value = change.body().path(reason.field());
            if (!value.equals(history.getFirst().body().path(reason.field()))) {
                break;
            }
            since = Optional.of(change.at());
        }
        return since;
    }

    static String fix(String code, String language) {
        var words = FIXES.getOrDefault(language, FIXES.get("en"));
        var fix = words == null ? null : words.getProperty(code);
        if (fix == null) {
            throw new IllegalStateException("no words for " + code);
        }
        return fix;
    }

    private static Properties words(String language) {
        var name = "/mizan/api/fixes-" + language + ".properties";
        try (var in = StatusReasons.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing " + name);
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
