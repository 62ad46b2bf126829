package mizan.sim.story;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mizan.core.campaign.AdvertiserId;
import mizan.core.campaign.Text;
import mizan.core.ledger.AccountId;
import mizan.core.ledger.Transfer;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The advertisers of the story and what they book.
public final class Market {
    private static final Booking.Author DESK = new Booking.Author("demo", Phrases.BOOKED);
    private static final long LIVE_MICROS = 800_000_000L;
    /// The bank learns what its ads change; it never pauses, so the answer grows all the while.
    private static final int TESTER = 3;

    /// Creatives that wait for a person, so that there is something to review.
    private static final int WAITING = 2;

    private static final int HELD_OUT_PERCENT = 20;
    private final Engine engine;
    private final RandomGenerator random;
    private final List<House> houses = new ArrayList<>();
    private final Map<String, String> live = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private long days;

    /// One advertiser as the story follows it.
    ///
    /// @param careful whether it leaves when its ads might stand beside the wrong posts
    public record House(
            String id,
            String name,
            String campaign,
            String terms,
            String creative,
            boolean careful,
            long dailyMicros,
            long bidMicros) {}

    private record Brand(String english, String arabic, String payer, String industry, Text headline, Text body) {}

    /// What each industry of the brands sells (IAB Ad Product Taxonomy 2.0).
    private static final Map<String, String> PRODUCTS = Map.of(
            "electronics", "1100",
            "telecom", "1467",
            "travel", "1537",
            "finance", "1337",
            "food", "1165",
            "fashion", "1058",
            "games", "1423",
            "media", "1431",
            "automotive", "1551",
            "retail", "1494");

    private static final List<Brand> BRANDS = List.of(
            brand(
                    "Nordlys Electronics",
                    "نورديليس للإلكترونيات",
                    "Nordlys Gulf FZ-LLC",
                    "electronics",
                    "Night photos without the grain",
                    "صور ليلية بلا تشويش",
                    "The Nordlys 7 sees what your eyes see.",
                    "يرى نورديليس 7 ما تراه عيناك."),
            brand(
                    "Al Waha Telecom",
                    "الواحة للاتصالات",
                    "Al Waha Telecom PJSC",
                    "telecom",
                    "More data for the whole family",
                    "بيانات أكثر لكل العائلة",
                    "One plan, five lines, one bill.",
                    "باقة واحدة، خمسة خطوط، فاتورة واحدة."),
            brand(
                    "Bahr Airways",
                    "طيران بحر",
                    "Bahr Airways Co.",
                    "travel",
                    "Winter fares to the coast",
                    "أسعار الشتاء إلى الساحل",
                    "Fly in the morning, swim at noon.",
                    "سافر صباحًا واسبح ظهرًا."),
            brand(
                    "Qamar Bank",
                    "بنك قمر",
                    "Qamar Bank SAOG",
                    "finance",
                    "An account that opens in minutes",
                    "حساب يُفتح في دقائق",
                    "No papers, no queue.",
                    "بلا أوراق وبلا انتظار."),
            brand(
                    "Cedar & Salt Foods",
                    "أرز وملح للأغذية",
                    "Cedar & Salt Foods SAL",
                    "food",
                    "Bread like at home",
                    "خبز كخبز البيت",
                    "Three ingredients, nothing else.",
                    "ثلاثة مكونات لا غير."),
            brand(
                    "Juno Apparel",
                    "جونو للأزياء",
                    "Juno Apparel Ltd",
                    "fashion",
                    "Linen for long summers",
                    "كتّان لصيف طويل",
                    "Woven to breathe.",
                    "منسوج ليتنفس."),
            brand(
                    "Rimal Games",
                    "ألعاب رمال",
                    "Rimal Games FZE",
                    "games",
                    "The desert has secrets",
                    "للصحراء أسرار",
                    "Play the new chapter tonight.",
                    "العب الفصل الجديد الليلة."),
            brand(
                    "Lumen Streaming",
                    "لومن للبث",
                    "Lumen Streaming BV",
                    "media",
                    "Stories from our shores",
                    "حكايات من شواطئنا",
                    "New every Thursday.",
                    "جديد كل خميس."),
            brand(
                    "Petra Motors",
                    "بترا للسيارات",
                    "Petra Motors Trading LLC",
                    "automotive",
                    "Quiet, electric, yours",
                    "هادئة وكهربائية ولك",
                    "Drive it for a weekend.",
                    "جرّبها في نهاية الأسبوع."),
            brand(
                    "Noor Optics",
                    "نور للبصريات",
                    "Noor Optics Est.",
                    "retail",
                    "See the small print",
                    "اقرأ أدق الحروف",
                    "Lenses ready in an hour.",
                    "عدسات جاهزة في ساعة."));

    private static Brand brand(
            String english, String arabic, String payer, String industry, String h1, String h2, String b1, String b2) {
        return new Brand(english, arabic, payer, industry, Text.of(h1, "ar", h2), Text.of(b1, "ar", b2));
    }

    public Market(Engine engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
    }

    public List<House> houses() {
        return List.copyOf(houses);
    }

    /// The one that holds readers out, if the market is large enough to have it.
    Optional<House> tester() {
        return houses.stream().skip(TESTER).findFirst();
    }

    /// Books the placement and every advertiser with terms, money, a campaign, an ad group and an ad.
    ///
    /// @param count how many advertisers; the first ten have names, the others are shops of the town
    /// @param weeks how long the campaigns run
    public void open(int count, Instant start, int weeks) {
        days = 7L * weeks;
        engine.booking().apply(new Booking.Wish(Kind.PLACEMENT, Optional.empty(), "create", json("""
                        {"code":"home","name":{"en":"Home feed","ar":"الصفحة الرئيسية"},"currency":"USD",
                         "first_slot":1,"min_gap":3,"max_ads":3,"floor_cpm_micros":2000000}""")), DESK);
        var plans = IntStream.range(0, count).mapToObj(this::plan).toList();
        // Each kind of thing in one go: the book is then written and compiled a few times, not hundreds of times.
        var advertisers = make(Kind.ADVERTISER, count, i -> advertiser(plans.get(i)));
        var terms = make(Kind.TERMS, count, i -> terms(plans.get(i), advertisers.get(i)));
        var campaigns = make(Kind.CAMPAIGN, count, i -> {
            var campaign = campaign(plans.get(i), advertisers.get(i), terms.get(i), start);
            return i == TESTER ? campaign.put("holdout_percent", HELD_OUT_PERCENT) : campaign;
        });
        var groups = make(Kind.AD_GROUP, count, i -> group(plans.get(i), campaigns.get(i)));
        var creatives = make(Kind.CREATIVE, count, i -> creative(plans.get(i), advertisers.get(i)));
        make(Kind.AD, count, i -> ad(groups.get(i), creatives.get(i)));
        make(
                Kind.CREATIVE,
                WAITING,
                i -> creative(plans.get(i), advertisers.get(i)).put("review_status", "PENDING_REVIEW"));
        for (var plan : plans) {
            int i = plan.number();
            fund(advertisers.get(i), 2 * plan.dailyMicros() * days, start);
            houses.add(new House(
                    advertisers.get(i),
                    plan.brand().english(),
                    campaigns.get(i),
                    terms.get(i),
                    creatives.get(i),
                    plan.careful(),
                    plan.dailyMicros(),
                    plan.bidMicros()));
        }
    }

    /// Each large house books one more campaign for a day of live traffic, which brings more readers in a
    /// minute than the history has in a day.
    public void openLive(Instant start) {
        days = 1;
        for (int i = 0; i < Math.min(BRANDS.size(), houses.size()); i++) {
            var house = houses.get(i);
            if (gone.contains(house.id())) {
                continue;
            }
            var plan = new Plan(i, BRANDS.get(i), "", LIVE_MICROS, house.bidMicros());
            var campaign = campaign(plan, house.id(), house.terms(), start);
            campaign.putObject("name").put("en", "Live today").put("ar", "اليوم مباشرةً");
            var id = make(Kind.CAMPAIGN, 1, _ -> campaign).getFirst();
            var group = make(Kind.AD_GROUP, 1, _ -> group(plan, id)).getFirst();
            make(Kind.AD, 1, _ -> ad(group, house.creative()));
            fund(house.id(), LIVE_MICROS, start);
            live.put(house.id(), id);
        }
    }

    /// What one advertiser is going to book.
    private record Plan(int number, Brand brand, String preset, long dailyMicros, long bidMicros) {
        boolean careful() {
            return !preset.equals("RELAXED");
        }

        /// One in ten pays by the click.
        boolean byClick() {
            return number % 10 == 9;
        }
    }

    private Plan plan(int number) {
        boolean large = number < BRANDS.size();
        return new Plan(
                number,
                large ? BRANDS.get(number) : shop(number),
                List.of("STRICT", "STANDARD", "STANDARD", "RELAXED").get(number % 4),
                (large ? 150 + random.nextInt(250) : 20 + random.nextInt(40)) * 1_000L,
                number % 10 == 9 ? 300_000L : cpm(number));
    }

    private static ObjectNode advertiser(Plan plan) {
        var advertiser = JsonNodeFactory.instance.objectNode();
        advertiser
                .putObject("name")
                .put("en", plan.brand().english())
                .put("ar", plan.brand().arabic());
        return advertiser
                .put("payer", plan.brand().payer())
                .put("industry", plan.brand().industry())
                .put("currency", "USD")
                .put("time_zone", "Asia/Riyadh");
    }

    private static ObjectNode terms(Plan plan, String advertiser) {
        var terms = JsonNodeFactory.instance.objectNode();
        terms.put("advertiser", advertiser)
                .put("name", "House terms")
                .put("preset", plan.preset())
                .put("signed_by", plan.brand().payer());
        terms.putArray("keywords").add("حرب").add("حادث").add("war").add("accident");
        return terms.put("before", 1 + plan.number() % 2).put("after", 1 + plan.number() % 2);
    }

    private ObjectNode campaign(Plan plan, String advertiser, String terms, Instant start) {
        var campaign = JsonNodeFactory.instance.objectNode();
        campaign.put("advertiser", advertiser).put("entity_status", "ACTIVE").put("suitability_terms", terms);
        campaign.putObject("name").put("en", "Spring and summer").put("ar", "الربيع والصيف");
        campaign.putObject("budget")
                .put("total_micros", plan.dailyMicros() * days)
                .put("daily_micros", plan.dailyMicros());
        campaign.putObject("flight")
                .put("start", start.toString())
                .put("end", start.plus(Duration.ofDays(days)).toString());
        campaign.put("pacing", "EVEN");
        campaign.putArray("frequency_caps").addObject().put("max", 6).put("window", "P1D");
        return campaign;
    }

    private static ObjectNode group(Plan plan, String campaign) {
        var group = JsonNodeFactory.instance.objectNode();
        group.put("campaign", campaign).put("entity_status", "ACTIVE");
        group.putObject("name").put("en", "Readers of Marsa").put("ar", "قرّاء مرسى");
        group.putObject("bid")
                .put("charge_by", plan.byClick() ? "CLICK" : "IMPRESSION")
                .put("amount_micros", plan.bidMicros());
        if (plan.number() % 3 == 0) {
            group.putObject("targeting")
                    .putArray("countries")
                    .add("SA")
                    .add("AE")
                    .add("EG");
        }
        return group;
    }

    private ObjectNode creative(Plan plan, String advertiser) {
        var creative = JsonNodeFactory.instance.objectNode();
        creative.put("advertiser", advertiser).put("kind", "NATIVE_CARD").put("review_status", "APPROVED");
        Optional.ofNullable(PRODUCTS.get(plan.brand().industry())).ifPresent(id -> creative.put("category", id));
        words(creative.putObject("headline"), plan.brand().headline());
        words(creative.putObject("body"), plan.brand().body());
        if (plan.number() < BRANDS.size()) {
            picture(creative.putObject("picture"), plan.number());
        }
        creative.putObject("call_to_action").put("en", "See more").put("ar", "اعرف المزيد");
        return creative.put("landing_page", "https://" + plan.brand().industry() + plan.number() + ".example/");
    }

    private static ObjectNode ad(String group, String creative) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ad_group", group)
                .put("creative", creative)
                .put("entity_status", "ACTIVE");
    }

    private void picture(ObjectNode picture, int number) {
        var scene = Scenes.ALL.get(number % Scenes.ALL.size());
        var kept = engine.pictures().keep(scene.picture());
        picture.put("name", kept.name())
                .put("width", kept.width())
                .put("height", kept.height())
                .put("moving", kept.moving());
        words(picture.putObject("alternative"), scene.shows());
    }

    /// Ten large houses bid USD 14 to 30 for 1,000 impressions, the shops of the town USD 3 to 6.
    private long cpm(int number) {
        return (number < BRANDS.size() ? 14 + random.nextInt(17) : 3 + random.nextInt(4)) * 1_000_000L;
    }

    private static Brand shop(int number) {
        var trades = List.of(
                "bakery", "bookshop", "florist", "gym", "clinic", "cafe", "tailor", "school", "garage", "hotel");
        var arabic = List.of("مخبز", "مكتبة", "زهور", "نادٍ", "عيادة", "مقهى", "خياط", "مدرسة", "ورشة", "فندق");
        int trade = number % trades.size();
        var english = "Marsa " + trades.get(trade) + " " + number;
        return brand(
                english,
                arabic.get(trade) + " مرسى " + number,
                english + " Est.",
                trades.get(trade),
                "Your neighbourhood " + trades.get(trade),
                arabic.get(trade) + " الحي",
                "Five minutes from the harbour.",
                "على بعد خمس دقائق من الميناء.");
    }

    private static void words(ObjectNode node, Text text) {
        text.byLanguage().forEach(node::put);
    }

    private List<String> make(Kind kind, int count, IntFunction<ObjectNode> fields) {
        var wishes = IntStream.range(0, count)
                .mapToObj(i -> new Booking.Wish(kind, Optional.empty(), "create", fields.apply(i)))
                .toList();
        return engine.booking().apply(wishes, DESK).stream()
                .map(Booking.Booked::id)
                .toList();
    }

    private static ObjectNode json(String text) {
        return mizan.server.http.StrictJson.own(text);
    }

    private void fund(String advertiser, long micros, Instant at) {
        var usd = java.util.Currency.getInstance("USD");
        engine.accountant()
                .transfer(new Transfer.Direct(
                        engine.ids().next("ent"),
                        new AccountId(AccountId.Kind.EXTERNAL_PAYMENTS, "", usd),
                        new AccountId(AccountId.Kind.ADVERTISER_FUNDS, new AdvertiserId(advertiser).value(), usd),
                        micros,
                        at,
                        "prepaid"));
    }

    /// An advertiser pauses its campaign, and says why.
    ///
    /// @return false if it was paused already
    public boolean pause(House house, String who, String why) {
        return status(house, "pause", "PAUSED", who, why);
    }

    /// It comes back.
    ///
    /// @return false if it was running
    public boolean resume(House house, String who, String why) {
        return status(house, "resume", "ACTIVE", who, why);
    }

    /// It ends its campaign for good.
    public void leave(House house, String who, String why) {
        gone.add(house.id());
        status(house, "archive", "ARCHIVED", who, why);
    }

    /// Sets the status of all its campaigns, in one go.
    private boolean status(House house, String verb, String status, String who, String why) {
        var wishes = Stream.concat(Stream.of(house.campaign()), Optional.ofNullable(live.get(house.id())).stream())
                .map(campaign -> new Booking.Wish(
                        Kind.CAMPAIGN,
                        Optional.of(campaign),
                        verb,
                        JsonNodeFactory.instance.objectNode().put("entity_status", status)))
                .toList();
        return engine.booking().apply(wishes, new Booking.Author(who, why)).stream()
                .anyMatch(booked -> !booked.changed().isEmpty());
    }

    /// It sets another daily budget, and with a higher one a higher limit for the whole.
    public void budget(House house, double factor, String who, String why) {
        var json = JsonNodeFactory.instance.objectNode();
        long daily = (long) (house.dailyMicros() * factor);
        json.putObject("budget")
                .put("daily_micros", daily)
                .put("total_micros", Math.max(daily, house.dailyMicros()) * days);
        var verb = factor >= 1 ? "increase_budget" : "decrease_budget";
        engine.booking()
                .apply(
                        new Booking.Wish(Kind.CAMPAIGN, Optional.of(house.campaign()), verb, json),
                        new Booking.Author(who, why));
    }
}
