package mizan.server.console;

import static mizan.server.console.SampleDesk.name;
import static mizan.server.console.SampleDesk.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mizan.server.console.page.Bid;
import mizan.server.console.page.EmptyReason;
import mizan.server.console.page.Feed;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.Text;
import mizan.server.console.page.WhyKind;
import mizan.server.console.words.Lang;

/// An invented feed with one ad and one slot kept empty on purpose.
final class SampleFeed {
    private SampleFeed() {}

    static Feed feed(Lang lang) {
        return new Feed(
                OptionalInt.of(40),
                List.of(
                        new Feed.Viewer(
                                "reem",
                                text(lang, "Reem · Riyadh · Arabic · photography", "ريم · الرياض · العربية · التصوير"),
                                true),
                        new Feed.Viewer("guest", text(lang, "Guest · no profile", "زائر · بلا ملف"), false)),
                List.of(
                        post(
                                "p_88121",
                                name(lang, "Salma Al-Otaibi", "سلمى العتيبي"),
                                "@salma.eats",
                                4,
                                new Text(
                                        "جرّبت تصوير المطبخ على ضوء الشموع فقط، والنتيجة أجمل مما توقعت. الصور في التعليقات.",
                                        "ar")),
                        new Feed.Ad(
                                1,
                                "ad_7F31",
                                "adv_1",
                                name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                                name(lang, "Nordlys Gulf FZ-LLC", "نورديليس الخليج"),
                                "imp_9KQ2",
                                text(lang, "Night photos without the grain.", "صور ليلية بلا تشويش."),
                                text(
                                        lang,
                                        "The Nordlys 7 sees what your eyes see.",
                                        "هاتف نورديليس 7 يرى ما تراه عيناك."),
                                text(lang, "See sample photos", "شاهد صورًا نموذجية"),
                                "/click/imp_9KQ2",
                                "/why/imp_9KQ2",
                                Optional.of(new Feed.Picture(
                                        Assets.load().url("icon.svg"),
                                        800,
                                        450,
                                        text(lang, "Hills under a full moon", "تلال تحت بدر"),
                                        Optional.empty())),
                                List.of(),
                                List.of(
                                        new Feed.Why(WhyKind.TOPIC, name(lang, "photography", "التصوير")),
                                        new Feed.Why(WhyKind.COUNTRY, name(lang, "Saudi Arabia", "السعودية"))),
                                1,
                                OptionalInt.of(3)),
                        post(
                                "p_88127",
                                "Omar Haddad",
                                "@omarh",
                                12,
                                new Text("Sunrise over the corniche this morning. No filter.", "en")),
                        new Feed.Empty(
                                2,
                                EmptyReason.NO_ELIGIBLE_NEIGHBOURS,
                                6,
                                text(lang, "an accident with injuries", "حادث فيه إصابات")),
                        post(
                                "p_88130",
                                name(lang, "Marsa News", "أخبار مرسى"),
                                "@marsanews",
                                18,
                                text(
                                        lang,
                                        "Two people injured after a collision on the coastal road; traffic is moving again.",
                                        "إصابة شخصين في تصادم على الطريق الساحلي، وحركة السير عادت."))),
                Optional.of(new Feed.Decision(
                        "dec_9KQ2",
                        1,
                        2,
                        SampleDesk.NOW,
                        Optional.of(Duration.ofNanos(1_800_000)),
                        "USD",
                        "p_88121",
                        "p_88127",
                        candidates(lang),
                        6)),
                Optional.of(new Feed.Call("POST /v1/decisions", """
                        { "feed": "home",
                          "reader": { "ref": "r_41c", "lang": "ar", "country": "SA" },
                          "posts": ["p_88121", "p_88127", "p_88130"] }""", """
                        { "id": "dec_9KQ2",
                          "slots": [
                            { "ad": "ad_7F31", "token": "imp_…" },
                            { "ad": null, "reason": "no_eligible_neighbours" } ] }""")),
                List.of(
                        new Feed.Example("Two people were injured in the storm.", text(lang, "An accident", "حادث")),
                        new Feed.Example("A cake for the whole street!", text(lang, "Something sweet", "شيء حلو"))));
    }

    static Feed empty() {
        return new Feed(OptionalInt.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    private static Feed.Post post(String id, String author, String handle, int minutes, Text text) {
        return new Feed.Post(id, author, handle, Duration.ofMinutes(minutes), text, Optional.empty(), 12, 31, 204);
    }

    private static List<Feed.Candidate> candidates(Lang lang) {
        return List.of(
                candidate(
                        name(lang, "Nordlys Electronics", "نورديليس للإلكترونيات"),
                        Bid.Kind.CPM,
                        21_000_000,
                        26_100_000,
                        Outcome.WON,
                        "",
                        "",
                        18_410_000),
                candidate(
                        name(lang, "Al Waha Telecom", "الواحة للاتصالات"),
                        Bid.Kind.CPM,
                        20_000_000,
                        18_400_000,
                        Outcome.OUTRANKED,
                        "",
                        "",
                        0),
                candidate(
                        name(lang, "Qamar Bank", "بنك القمر"),
                        Bid.Kind.CPM,
                        34_000_000,
                        0,
                        Outcome.EXCLUDED_AUTHOR,
                        "",
                        "@salma.eats",
                        0),
                candidate(
                        name(lang, "Petra Motors", "بترا موتورز"),
                        Bid.Kind.CPC,
                        900_000,
                        0,
                        Outcome.FREQUENCY_CAPPED,
                        "",
                        "3 / 3",
                        0),
                candidate(
                        name(lang, "Juno Apparel", "جونو للأزياء"),
                        Bid.Kind.CPM,
                        12_000_000,
                        0,
                        Outcome.PACED_OUT,
                        "",
                        "",
                        0),
                candidate(
                        name(lang, "Rimal Games", "رمال للألعاب"),
                        Bid.Kind.CPC,
                        700_000,
                        0,
                        Outcome.NOT_TARGETED,
                        "country",
                        "SA",
                        0));
    }

    private static Feed.Candidate candidate(
            String name, Bid.Kind kind, long bid, long value, Outcome outcome, String detail, String fact, long pays) {
        return new Feed.Candidate(
                name,
                "ad_7F31",
                new Bid(kind, bid),
                value == 0 ? OptionalLong.empty() : OptionalLong.of(value),
                outcome,
                detail,
                fact,
                pays == 0 ? OptionalLong.empty() : OptionalLong.of(pays));
    }
}
