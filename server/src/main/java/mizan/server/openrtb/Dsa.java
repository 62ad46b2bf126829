package mizan.server.openrtb;

import mizan.core.campaign.Advertiser;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a reader must be told of an ad (DSA art. 26; IAB Tech Lab, "DSA Transparency" extension, January 2024). Every
/// bid
/// has it, asked for or not.
///
/// @param behalf on whose behalf it is shown
/// @param paid who paid, also where it is the same
/// @param domain who used the parameters
/// @param drawn whether our markup shows it
record Dsa(String behalf, String paid, String domain, boolean drawn) {
    private static final int MAX_CHARS = 100;
    /// Basic: context, caps and brand safety. Never profiling.
    private static final int BASIC = 2;

    static Dsa of(BidRequest request, Advertiser advertiser, String language, String domain) {
        var asked = request.sent().object("regs").objectOrOld("dsa");
        // 2: the publisher will show it, and refuses ads that do so too.
        boolean publisherDraws = asked.number("pubrender").orElse(0) == 2;
        return new Dsa(cut(advertiser.name().in(language)), cut(advertiser.payer()), domain, !publisherDraws);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MAX_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CHARS));
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("behalf", behalf)
                .put("paid", paid)
                .put("adrender", drawn ? 1 : 0);
        json.putArray("transparency")
                .addObject()
                .put("domain", domain)
                .putArray("dsaparams")
                .add(BASIC);
        return json;
    }
}
