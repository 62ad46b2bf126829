package mizan.server.openrtb;

import java.math.BigDecimal;
import java.time.Duration;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A bid (OpenRTB 2.6, section 4.2.3).
///
/// @param price for 1,000 impressions
/// @param markup `adm`
/// @param valid how long the money is held
record OpenBid(Slot slot, Card card, BigDecimal price, String markup, Duration valid, Dsa dsa) {
    private static final String NOTICE = "?price=${AUCTION_PRICE}&cur=${AUCTION_CURRENCY}";
    private static final int AD_PRODUCT_2 = 8;

    ObjectNode json() {
        var impression = card.impression();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", impression.id().value())
                .put("impid", slot.imp().id())
                .put("price", plain(price))
                .put("adid", impression.ad().value())
                .put("nurl", notice("win") + NOTICE)
                .put("burl", notice("billed") + NOTICE)
                .put("lurl", notice("lost") + NOTICE + "&loss=${AUCTION_LOSS}&least=${AUCTION_MIN_TO_WIN}")
                .put("adm", markup)
                .put("cid", impression.campaign().value())
                .put("crid", impression.creative().value())
                .put("language", card.language())
                .put("exp", valid.toSeconds());
        json.putArray("adomain").add(card.domain());
        card.creative().category().ifPresent(category -> {
            json.putArray("cat").add(category);
            json.put("cattax", AD_PRODUCT_2);
        });
        if (slot.drawnBySeller()) {
            json.put("mtype", 4);
        } else {
            json.put("mtype", 1);
            var banner = slot.imp().banner().orElseThrow();
            banner.w().ifPresent(w -> json.put("w", w));
            banner.h().ifPresent(h -> json.put("h", h));
        }
        json.putObject("ext").set("dsa", dsa.json());
        return json;
    }

    /// `2.5` and `10`, never `1E+1`.
    private static BigDecimal plain(BigDecimal amount) {
        var least = amount.stripTrailingZeros();
        return least.scale() < 0 ? least.setScale(0) : least;
    }

    private String notice(String kind) {
        return card.base() + "/openrtb2/" + kind + "/" + card.token();
    }
}
