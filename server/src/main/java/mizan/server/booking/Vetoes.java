package mizan.server.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mizan.core.campaign.CommunityVeto;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Vetoes of communities as a placement keeps them: an object with one field a community, so that two who
/// change different ones do not undo each other.
public final class Vetoes {
    /// Communities of one placement that veto something.
    private static final int MAX = 1_000;

    private static final int MAX_NAME = 200;
    private static final int MAX_ENTRIES = 500;

    private Vetoes() {}

    static void write(ObjectNode json, List<CommunityVeto> vetoes) {
        vetoes.forEach(veto -> json.set(veto.community(), json(veto)));
    }

    /// What one community vetoes.
    public static ObjectNode json(CommunityVeto veto) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("any_ad", veto.anyAd());
        if (veto.fewerAds()) {
            json.put("fewer_ads", true);
        }
        new TreeSet<>(veto.advertisers()).forEach(json.putArray("advertisers")::add);
        new TreeSet<>(veto.industries()).forEach(json.putArray("industries")::add);
        return json;
    }

    static List<CommunityVeto> read(Fields placement) {
        var vetoes = new ArrayList<CommunityVeto>();
        placement.object("vetoes").ifPresent(all -> {
            if (all.json().size() > MAX) {
                placement.error("vetoes", ProblemCode.LIMIT_EXCEEDED, MAX + " communities");
            }
            for (var community : all.json().propertyNames()) {
                if (community.isBlank() || community.length() > MAX_NAME) {
                    all.error(community, ProblemCode.INVALID_VALUE, "the name of a community");
                }
                all.object(community).map(f -> read(community, f)).ifPresent(vetoes::add);
            }
        });
        return vetoes;
    }

    /// What a moderator asks for; nothing at all takes the veto back.
    public static CommunityVeto read(String community, Fields f) {
        return new CommunityVeto(
                community,
                f.flag("any_ad", false),
                f.texts("advertisers", MAX_ENTRIES, 40),
                f.texts("industries", MAX_ENTRIES, 60),
                f.flag("fewer_ads", false));
    }

    /// The change of a placement that sets this veto, or takes it back.
    public static ObjectNode change(CommunityVeto veto) {
        boolean nothing = !veto.anyAd()
                && !veto.fewerAds()
                && veto.advertisers().isEmpty()
                && veto.industries().isEmpty();
        var json = JsonNodeFactory.instance.objectNode();
        var vetoes = json.putObject("vetoes");
        Optional.of(veto)
                .filter(_ -> !nothing)
                .ifPresentOrElse(v -> vetoes.set(v.community(), json(v)), () -> vetoes.putNull(veto.community()));
        return json;
    }
}
