package mizan.server.booking;

import java.util.Objects;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Book;
import mizan.core.campaign.CampaignId;
import mizan.core.campaign.CreativeId;
import mizan.core.suitability.TermsId;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;

/// What only one may have, and what only its owner may use.
final class Claims {
    private Claims() {}

    /// Refuses a name that is taken, and terms or creatives that belong to another advertiser.
    ///
    /// @param fields read and sound, with references to what is booked
    static void check(Book book, Kind kind, String id, Fields fields) {
        unique(book, kind, id, fields);
        switch (kind) {
            case CAMPAIGN -> {
                var owner = fields.optionalText("advertiser", 40).map(AdvertiserId::new);
                var terms = fields.optionalText("suitability_terms", 40)
                        .map(t -> book.terms().get(new TermsId(t)));
                foreign(fields, "suitability_terms", owner, terms.map(t -> t.advertiser()));
            }
            case AD -> {
                var group = fields.optionalText("ad_group", 40)
                        .map(g -> book.adGroups().get(new AdGroupId(g)));
                var creative = fields.optionalText("creative", 40)
                        .map(c -> book.creatives().get(new CreativeId(c)));
                foreign(
                        fields,
                        "creative",
                        group.map(g -> book.campaignOf(g).advertiser()),
                        creative.map(c -> c.advertiser()));
            }
            case ADVERTISER, TERMS, AD_GROUP, CREATIVE, PLACEMENT -> {}
        }
    }

    private static void foreign(Fields fields, String name, Optional<AdvertiserId> owner, Optional<AdvertiserId> used) {
        if (owner.isPresent() && used.isPresent() && !owner.equals(used)) {
            fields.error(name, ProblemCode.UNKNOWN_REFERENCE, name);
        }
    }

    private static void unique(Book book, Kind kind, String id, Fields fields) {
        boolean named = kind != Kind.TERMS && kind != Kind.CREATIVE && kind != Kind.AD;
        var name = kind == Kind.PLACEMENT ? "code" : "external_id";
        if (!named || !fields.has(name)) {
            return;
        }
        var wanted = fields.optionalText(name, 120);
        var taken = switch (kind) {
            case ADVERTISER ->
                book.advertisers().values().stream()
                        .anyMatch(a ->
                                !a.id().value().equals(id) && a.externalId().equals(wanted));
            case CAMPAIGN -> {
                var owner = fields.optionalText("advertiser", 40).map(AdvertiserId::new);
                yield book.campaigns().values().stream()
                        .anyMatch(c -> !c.id().value().equals(id)
                                && c.externalId().equals(wanted)
                                && Optional.of(c.advertiser()).equals(owner));
            }
            case AD_GROUP -> {
                var owner = fields.optionalText("campaign", 40)
                        .map(c -> book.campaigns().get(new CampaignId(c)))
                        .map(c -> c.advertiser());
                yield book.adGroups().values().stream()
                        .anyMatch(g -> !g.id().value().equals(id)
                                && g.externalId().equals(wanted)
                                && Optional.of(book.campaignOf(g).advertiser()).equals(owner));
            }
            case PLACEMENT ->
                book.placements().values().stream()
                        .anyMatch(p -> !p.id().value().equals(id) && Objects.equals(p.code(), wanted.orElse("")));
            case TERMS, CREATIVE, AD -> false;
        };
        if (taken) {
            fields.error(name, ProblemCode.NOT_UNIQUE);
        }
    }
}
