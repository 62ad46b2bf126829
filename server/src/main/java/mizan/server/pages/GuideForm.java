package mizan.server.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mizan.core.campaign.Text;
import mizan.core.targeting.Criterion;
import mizan.server.booking.Booking.Wish;
import mizan.server.booking.Kind;
import mizan.server.console.page.Guide;
import mizan.server.console.page.GuideStep;
import mizan.server.editing.Amounts;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The short forms of the guide: how booked things stand in them, and what somebody sent as a wish to the book, which
/// checks it.
final class GuideForm {
    private static final List<String> LANGUAGES = List.of("ar", "en");
    private static final List<String> WORDS = List.of("headline", "body", "call_to_action");
    private static final int DAYS = 30;
    private final Map<String, String> sent;
    private final String language;
    private final List<Guide.Wrong> wrong = new ArrayList<>();

    /// @param language that names are written in
    GuideForm(Map<String, String> sent, String language) {
        this.sent = sent;
        this.language = language;
    }

    /// Fields that cannot be used, before the book was asked.
    List<Guide.Wrong> wrong() {
        return List.copyOf(wrong);
    }

    /// What the book refused, by the form's fields, or why a picture was not taken.
    static List<Guide.Wrong> wrong(Refused refused, String language) {
        var problem = refused.problem();
        if (problem.code().isOfPicture()) {
            return List.of(new Guide.Wrong("picture", "picture", problem.detail(language)));
        }
        if (problem.errors().isEmpty()) {
            throw refused;
        }
        return refused.problem().errors().stream()
                .map(e -> new Guide.Wrong(
                        e.param().replaceFirst("^/(picture/)?", "").replaceFirst("/.*$", ""),
                        e.code() == ProblemCode.REQUIRED ? "required" : "refused",
                        String.join(", ", e.args())))
                .distinct()
                .toList();
    }

    /// What stands in the form of a step before anything is typed.
    static Map<String, String> of(FirstCampaign state, GuideStep step, String language, Instant now) {
        var form = new LinkedHashMap<String, String>();
        switch (step) {
            case BILLING -> form.put("payer", state.advertiser().payer());
            case TERMS -> form.put("preset", "STANDARD");
            case CAMPAIGN -> {
                var today = LocalDate.ofInstant(now, state.advertiser().timeZone());
                form.put("start", today.toString());
                form.put("end", today.plusDays(DAYS - 1L).toString());
                state.terms().ifPresent(t -> form.put("suitability_terms", t.id().value()));
                state.campaign().ifPresent(c -> {
                    var zone = state.advertiser().timeZone();
                    form.put("name", c.name().in(language));
                    c.budget().totalMicros().ifPresent(b -> form.put("budget", amount(b)));
                    form.put(
                            "start",
                            LocalDate.ofInstant(c.flight().start(), zone).toString());
                    form.put(
                            "end",
                            c.flight()
                                    .end()
                                    .map(e -> LocalDate.ofInstant(e, zone)
                                            .minusDays(1)
                                            .toString())
                                    .orElse(""));
                });
            }
            case GROUP ->
                state.group().ifPresent(g -> {
                    form.put("charge_by", g.bid().chargeBy().name());
                    form.put("bid", amount(g.bid().amountMicros()));
                    form.put("countries", listed(g.targeting().wants(Criterion.COUNTRY)));
                    form.put("languages", listed(g.targeting().wants(Criterion.LANGUAGE)));
                });
            case CREATIVE ->
                state.creative().ifPresent(c -> {
                    words(form, "headline", c.headline());
                    words(form, "body", c.body());
                    words(form, "call_to_action", c.callToAction());
                    form.put("landing_page", c.landingPage().toString());
                    c.picture().ifPresent(p -> {
                        form.put("picture", p.name());
                        words(form, "alternative", p.alternative());
                        p.caption().ifPresent(caption -> words(form, "caption", caption));
                    });
                });
            case AD, START -> {}
        }
        return form;
    }

    private static void words(Map<String, String> form, String field, Text text) {
        text.byLanguage().forEach((language, words) -> form.put(field + "_" + language, words));
    }

    private static String listed(Iterable<String> values) {
        var sorted = new TreeSet<String>();
        values.forEach(sorted::add);
        return String.join(" ", sorted);
    }

    private static String amount(long micros) {
        return java.math.BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }

    /// A new advertiser.
    ObjectNode advertiser() {
        var fields = named();
        return fields.put("payer", text("payer")).put("currency", text("currency"));
    }

    /// What a step asks the book for.
    Wish wish(FirstCampaign state, GuideStep step, String signer, Instant now) {
        return switch (step) {
            case BILLING ->
                new Wish(
                        Kind.ADVERTISER,
                        Optional.of(state.advertiser().id().value()),
                        "update",
                        object().put("payer", text("payer")));
            case TERMS -> wish(Kind.TERMS, Optional.empty(), terms(state, signer, now));
            case CAMPAIGN -> wish(Kind.CAMPAIGN, state.campaign().map(c -> c.id().value()), campaign(state, now));
            case GROUP -> wish(Kind.AD_GROUP, state.group().map(g -> g.id().value()), group(state));
            case CREATIVE -> wish(Kind.CREATIVE, state.creative().map(c -> c.id().value()), creative(state));
            case AD ->
                wish(
                        Kind.AD,
                        Optional.empty(),
                        object().put(
                                        "ad_group",
                                        state.group().orElseThrow().id().value())
                                .put(
                                        "creative",
                                        state.creative().orElseThrow().id().value())
                                .put("entity_status", "ACTIVE"));
            case START ->
                new Wish(
                        Kind.CAMPAIGN,
                        state.campaign().map(c -> c.id().value()),
                        "resume",
                        object().put("entity_status", "ACTIVE"));
        };
    }

    private static Wish wish(Kind kind, Optional<String> id, ObjectNode fields) {
        return new Wish(kind, id, id.isPresent() ? "update" : "create", fields);
    }

    private ObjectNode terms(FirstCampaign state, String signer, Instant now) {
        return object().put("advertiser", state.advertiser().id().value())
                .put("name", state.advertiser().name().in(language))
                .put("preset", text("preset"))
                .put("signed_by", signer)
                .put("signed_at", now.toString());
    }

    private ObjectNode campaign(FirstCampaign state, Instant now) {
        var zone = state.advertiser().timeZone();
        var start = day("start").orElse(LocalDate.ofInstant(now, zone));
        var end = day("end").orElse(start.plusDays(DAYS - 1L));
        var fields = named();
        fields.put("advertiser", state.advertiser().id().value()).put("suitability_terms", text("suitability_terms"));
        amount("budget").ifPresent(b -> fields.putObject("budget").put("total_micros", b));
        if (end.isBefore(start)) {
            wrong.add(new Guide.Wrong("end", "before_start", ""));
        } else {
            fields.putObject("flight")
                    .put("start", start.atStartOfDay(zone).toInstant().toString())
                    .put("end", end.plusDays(1).atStartOfDay(zone).toInstant().toString());
        }
        return fields;
    }

    private ObjectNode group(FirstCampaign state) {
        var campaign = state.campaign().orElseThrow();
        var fields = object().put("campaign", campaign.id().value()).put("entity_status", "ACTIVE");
        campaign.name().byLanguage().forEach(fields.withObject("/name")::put);
        amount("bid")
                .ifPresent(b -> fields.putObject("bid")
                        .put("charge_by", text("charge_by"))
                        .put("amount_micros", b));
        var targeting = fields.putObject("targeting");
        each(text("countries").toUpperCase(Locale.ROOT)).forEach(targeting.putArray("countries")::add);
        each(text("languages").toLowerCase(Locale.ROOT)).forEach(targeting.putArray("languages")::add);
        return fields;
    }

    private static List<String> each(String list) {
        return Arrays.stream(list.split("[\\s,،;]+"))
                .filter(one -> !one.isEmpty())
                .distinct()
                .collect(Collectors.toList());
    }

    /// What was changed is looked at again by a person.
    private ObjectNode creative(FirstCampaign state) {
        var fields = object().put("advertiser", state.advertiser().id().value());
        for (var field : WORDS) {
            var words = fields.putObject(field);
            for (var one : LANGUAGES) {
                var typed = text(field + "_" + one);
                if (!typed.isEmpty()) {
                    words.put(one, typed);
                } else if (state.creative().isPresent()) {
                    words.putNull(one);
                }
            }
            if (LANGUAGES.stream().allMatch(one -> text(field + "_" + one).isEmpty())) {
                wrong.add(new Guide.Wrong(field, "required", ""));
            }
        }
        picture(fields, state);
        return fields.put("landing_page", text("landing_page")).put("review_status", "PENDING_REVIEW");
    }

    private void picture(ObjectNode fields, FirstCampaign state) {
        boolean had = state.creative().flatMap(c -> c.picture()).isPresent();
        if (text("picture").isEmpty() || sent.containsKey("without_picture")) {
            if (had) {
                fields.putNull("picture");
            }
            return;
        }
        var picture = fields.putObject("picture").put("name", text("picture"));
        for (var field : List.of("alternative", "caption")) {
            boolean any =
                    LANGUAGES.stream().anyMatch(one -> !text(field + "_" + one).isEmpty());
            if (any) {
                var words = picture.putObject(field);
                for (var one : LANGUAGES) {
                    if (!text(field + "_" + one).isEmpty()) {
                        words.put(one, text(field + "_" + one));
                    } else if (had) {
                        words.putNull(one);
                    }
                }
            } else if (had) {
                picture.putNull(field);
            }
        }
    }

    private ObjectNode named() {
        var fields = object();
        fields.putObject("name").put(language, text("name"));
        if (text("name").isEmpty()) {
            wrong.add(new Guide.Wrong("name", "required", ""));
        }
        return fields;
    }

    private OptionalLong amount(String field) {
        var micros = Amounts.micros(text(field));
        if (micros.isEmpty()) {
            wrong.add(new Guide.Wrong(field, "amount", ""));
        }
        return micros;
    }

    private Optional<LocalDate> day(String field) {
        try {
            return text(field).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text(field)));
        } catch (DateTimeException _) {
            wrong.add(new Guide.Wrong(field, "day", ""));
            return Optional.empty();
        }
    }

    private String text(String field) {
        return sent.getOrDefault(field, "").strip();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
