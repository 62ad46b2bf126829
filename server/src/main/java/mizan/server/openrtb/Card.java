package mizan.server.openrtb;

import java.util.Locale;
import java.util.Optional;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.Creative;
import mizan.core.receipt.Impression;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One ad as the seller's page draws it, with what reports its events: the same structured words and picture that a
/// feed shows. No advertiser's script is in it, nor one of ours.
///
/// @param language of its words
/// @param picture address of its picture
/// @param token single use
/// @param base where events are reported
record Card(
        Creative creative,
        Advertiser advertiser,
        Impression impression,
        String language,
        Optional<String> picture,
        String token,
        String base) {
    private String rendered() {
        return base + "/t/rendered/" + token;
    }

    private String viewable() {
        return base + "/t/viewable/" + token;
    }

    private String click() {
        return base + "/c/" + token;
    }

    String domain() {
        var host =
                Optional.ofNullable(creative.landingPage().getHost()).orElse("").toLowerCase(Locale.ROOT);
        return host.startsWith("www.") ? host.substring(4) : host;
    }

    private boolean arabic() {
        return language.equals("ar");
    }

    /// The markup of a banner of any size: a labelled card that says who pays, and a pixel that reports that it was
    /// drawn (MRC: counted when the ad begins to render).
    String banner() {
        var image = picture.map(url -> "<img src=\"" + escaped(url) + "\" alt=\""
                        + escaped(creative.picture().orElseThrow().alternative().in(language))
                        + "\" width=\"" + creative.picture().orElseThrow().width()
                        + "\" height=\"" + creative.picture().orElseThrow().height()
                        + "\" style=\"max-width:100%;max-height:45%;height:auto;object-fit:cover\">")
                .orElse("");
        return """
                <div lang="%s" dir="%s" style="box-sizing:border-box;width:100%%;height:100%%;overflow:hidden;padding:10px;\
                border:1px solid #d8d4cc;background:#fff;color:#1b1a18;font:15px/1.4 system-ui,sans-serif">
                <div style="font-size:11px;color:#5d5952">%s · %s</div>
                <a href="%s" target="_blank" rel="noopener sponsored" style="color:inherit;text-decoration:none">%s
                <div style="font-weight:600">%s</div><div>%s</div>
                <div style="color:#0b57d0">%s</div></a>
                <img src="%s" width="1" height="1" alt="" style="position:absolute;border:0"></div>""".formatted(
                        language,
                        arabic() ? "rtl" : "ltr",
                        arabic() ? "إعلان" : "Ad",
                        escaped((arabic() ? "دفع ثمنه " : "Paid by ") + advertiser.payer()),
                        escaped(click()),
                        image,
                        escaped(creative.headline().in(language)),
                        escaped(creative.body().in(language)),
                        escaped(creative.callToAction().in(language)),
                        escaped(rendered()));
    }

    /// The dollar sign too: what an advertiser wrote is never a macro.
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("$", "&#36;");
    }

    /// The answer to a Native Ad Request; empty when a part that the seller insists on is missing or too long.
    Optional<ObjectNode> answer(NativeRequest asked) {
        var json = JsonNodeFactory.instance.objectNode().put("ver", "1.2");
        var assets = json.putArray("assets");
        for (var asset : asked.assets()) {
            var one = asset(asset);
            if (one.isEmpty() && asset.required()) {
                return Optional.empty();
            }
            one.ifPresent(assets::add);
        }
        json.putObject("link").put("url", click());
        if (asked.trackers()) {
            var trackers = json.putArray("eventtrackers");
            trackers.addObject().put("event", 1).put("method", 1).put("url", rendered());
            if (asked.viewable()) {
                trackers.addObject().put("event", 2).put("method", 1).put("url", viewable());
            }
        } else {
            json.putArray("imptrackers").add(rendered());
        }
        json.put("privacy", base + "/ads/" + impression.ad().value());
        return Optional.of(json);
    }

    private Optional<ObjectNode> asset(NativeRequest.Asset asset) {
        var json = JsonNodeFactory.instance.objectNode().put("id", asset.id());
        return switch (asset.kind()) {
            case TITLE ->
                text(asset, creative.headline().in(language)).map(t -> {
                    json.putObject("title").put("text", t);
                    return json;
                });
            case SPONSORED -> data(asset, json, 1, advertiser.name().in(language));
            case BODY -> data(asset, json, 2, creative.body().in(language));
            case DISPLAY_URL -> data(asset, json, 11, domain());
            case CALL_TO_ACTION -> data(asset, json, 12, creative.callToAction().in(language));
            case MAIN_PICTURE ->
                creative.picture()
                        .filter(asset::takes)
                        .flatMap(p -> picture.map(url -> {
                            json.putObject("img")
                                    .put("type", 3)
                                    .put("url", url)
                                    .put("w", p.width())
                                    .put("h", p.height());
                            return json;
                        }));
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<ObjectNode> data(NativeRequest.Asset asset, ObjectNode json, int type, String words) {
        return text(asset, words).map(t -> {
            json.putObject("data").put("type", type).put("value", t);
            return json;
        });
    }

    /// Never cut: half a sentence is not what was approved.
    private static Optional<String> text(NativeRequest.Asset asset, String words) {
        int max = asset.length().orElse(0);
        return Optional.of(words).filter(w -> max <= 0 || w.codePointCount(0, w.length()) <= max);
    }
}
