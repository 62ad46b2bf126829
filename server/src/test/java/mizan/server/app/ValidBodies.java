package mizan.server.app;

import java.util.Map;

/// A body that each write route takes, with every field it knows, so that every field can be made wrong.
/// `@campaigns@` stands for the id of a booked campaign, and so on; `@new` for a code or external id that nobody has
/// used.
final class ValidBodies {
    static final String POSTS = """
        {"id":"p0","author":"@a","related_authors":["@b"],"language":"en","community":"c","topics":["tea"],\
        "text":"Fresh bread from the oven","content_warning":"none","sensitive":false,"labels":["x"],"public":true,\
        "media_descriptions":["a loaf"]},{"id":"p1","author":"@c","text":"صورة جميلة من المدينة القديمة"},\
        {"id":"p2","author":"@d","text":"We watched the football match and it was a joy."}\
        """;
    static final String ACTIVITY = """
        {"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":"Note","name":"n",\
        "attributedTo":[{"id":"https://a.example/u"}],"content":"<p>tea</p>","contentMap":{"en":"<p>tea</p>"},\
        "summary":"s","sensitive":false,"audience":"g","tag":[{"type":"Hashtag","name":"#tea"}],\
        "attachment":[{"name":"a cup"}],"to":["as:Public"],"cc":[]}\
        """;
    static final String DECISION = """
        {"placement":"home","viewer":{"key":"v1","country":"SA","region":"SA-01","language":"ar","device":"phone","personalised":true,\
        "minor":false,"age_bracket":"25-34","interests":["tea"],"segments":["s1"],"hidden_ads":["a"],"hidden_advertisers":["b"],"ads":"fewer"},"posts":[@posts]}\
        """;
    static final Map<String, String> BODIES = Map.of(
            "advertisers", """
            {"name":{"en":"Nordlys","ar":"نورديليس"},"payer":"Nordlys Gulf FZ-LLC","industry":"retail","currency":"USD",\
            "time_zone":"Asia/Riyadh","account_status":"ACTIVE","external_id":"@new","metadata":{"a":"b"}}\
            """,
            "suitability-terms", """
            {"advertiser":"@advertisers@","name":"House","preset":"RELAXED","max_tier":"HIGH",\
            "max_tier_by_topic":{"TERRORISM":"LOW"},"keywords":["حرب"],"authors":["@z"],"communities":["q"],\
            "languages":[],"before":1,"after":1,"signed_by":"Noor","signed_at":"2026-01-01T00:00:00Z"}\
            """,
            "campaigns", """
            {"advertiser":"@advertisers@","name":{"en":"Winter"},"entity_status":"ACTIVE","demand_tier":"AUCTION",\
            "budget":{"total_micros":2000000000,"daily_micros":500000000},"flight":{"start":"2026-01-01T00:00:00Z",\
            "end":"2027-01-01T00:00:00Z"},"pacing":"ASAP","frequency_caps":[{"max":1000,"window":"PT1H"}],\
            "suitability_terms":"@suitability-terms@","holdout_percent":1,"external_id":"@new","metadata":{"a":"b"}}\
            """,
            "ad-groups", """
            {"campaign":"@campaigns@","name":{"en":"All"},"entity_status":"ACTIVE","bid":{"charge_by":"IMPRESSION",\
            "amount_micros":20000000},"targeting":{"countries":[],"excluded_countries":["US"],"regions":["SA-01"],"languages":[],"devices":[],\
            "placements":[],"topics":[],"excluded_topics":["war"],"communities":[],"excluded_communities":["q"],"authors":["@a"],\
            "excluded_authors":["@z"],"keywords":["fresh bread"],"excluded_keywords":["war"],"segments":["s1"],"excluded_segments":["s2"],\
            "age_brackets":["25-34"],"interests":[],"hours":[{"day":"MONDAY","from":9,"to":17}]},"budget":{"daily_micros":400000000},\
            "flight":{"start":"2026-01-01T00:00:00Z"},"frequency_caps":[],"external_id":"@new"}\
            """,
            "creatives", """
            {"advertiser":"@advertisers@","kind":"NATIVE_CARD","headline":{"en":"Night photos"},\
            "body":{"en":"Without the grain"},"call_to_action":{"en":"See"},"landing_page":"https://nordlys.example/n",\
            "picture":{"name":"@picture@","alternative":{"en":"A night"},"caption":{"en":"Stars come out"}},"category":"IAB1"}\
            """,
            "ads", """
            {"ad_group":"@ad-groups@","creative":"@creatives@","entity_status":"ACTIVE","frequency_caps":[]}\
            """,
            "placements", """
            {"code":"@new","name":{"en":"Home"},"surface":"FEED","entity_status":"ACTIVE","first_slot":1,"min_gap":3,\
            "max_ads":2,"floor_cpm_micros":20000000,"currency":"USD","position_factors":[1.0,0.8]}\
            """);

    /// What a route takes, with `@...@` where an id goes.
    ///
    /// @param schema that the route names; `form` for one without
    /// @param kind   of things that its address names
    static String of(String schema, String kind) {
        return switch (schema) {
            case "Reason" -> "{\"why\":\"asks for proof\"}";
            case "Review" -> "{\"decision\":\"APPROVED\",\"reason_code\":\"ok\"}";
            case "Raise" -> "{\"total_micros\":3000000000,\"why\":\"sells well\"}";
            case "Funding" -> "{\"micros\":5000000,\"currency\":\"USD\",\"reference\":\"PO 17\"}";
            case "Posts" -> "{\"posts\":[" + POSTS + "," + ACTIVITY + "]}";
            case "DecisionRequest" -> DECISION.replace("@posts", POSTS + ",\"p0\",\"unknown\"," + ACTIVITY);
            case "SourceDraft" -> "{\"kind\":\"FEED\",\"url\":\"http://127.0.0.1:1/feed.xml\"}";
            case "PostReport" -> "{\"post\":\"p0\",\"reason\":\"not what it seems\"}";
            case "PostReview" ->
                "{\"post\":\"p0\",\"commitment\":\"" + "0".repeat(64) + "\",\"tier\":\"LOW\",\"reason\":\"read it\"}";
            // No form at all: it is answered as an incomplete one.
            case "form" -> "{\"post\":\"p0\"}";
            case "Erasure" -> "{\"ids\":[\"nobody sent this\"]}";
            case "Conversions" ->
                "{\"conversions\":[{\"id\":\"o1\",\"advertiser\":\"@advertisers@\",\"viewer\":\"v1\",\"kind\":\"buy\"}]}";
            case "Events" -> "{\"events\":[{\"kind\":\"RENDERED\",\"token\":\"@token@\"}]}";
            case "NewApiKey" ->
                "{\"name\":\"k\",\"mode\":\"LIVE\",\"role\":\"ANALYST\",\"advertiser\":\"@advertisers@\"}";
            default -> BODIES.getOrDefault(kind, "{}");
        };
    }

    private ValidBodies() {}
}
