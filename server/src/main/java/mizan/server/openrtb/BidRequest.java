package mizan.server.openrtb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;

/// A BidRequest (OpenRTB 2.6, section 3.2.1) as far as it is understood here; the rest of it is still in `sent`.
///
/// @param currencies that bids may be in; empty for any
/// @param taxonomy that categories are in (AdCOM `cattax`)
public record BidRequest(
        Sent sent,
        String id,
        List<Imp> imps,
        boolean test,
        OptionalInt millis,
        List<String> currencies,
        List<String> onlySeats,
        List<String> barredSeats,
        int taxonomy,
        List<String> refusedCategories,
        List<String> acceptedCategories,
        List<String> refusedDomains) {
    private static final int MAX_IMPS = 100;

    /// One impression on offer (section 3.2.4).
    ///
    /// @param floor for 1,000 impressions; 0 when there is none
    /// @param floorCurrency USD where the seller does not say
    /// @param dealsOnly whether only bids for deals are taken, of which Mizan has none
    /// @param whole whether it takes the whole screen, or rewards: no place between posts
    record Imp(
            String id,
            Optional<String> tag,
            Optional<Banner> banner,
            Optional<NativeRequest> card,
            BigDecimal floor,
            String floorCurrency,
            boolean secure,
            boolean dealsOnly,
            boolean whole) {}

    /// @param w of the first size that is offered; absent where any is
    record Banner(OptionalInt w, OptionalInt h, List<Integer> blockedTypes) {}

    /// @throws Refused when something that a bid depends on is missing or cannot be understood, with a pointer to it
    public static BidRequest of(byte[] body) {
        var sent = new Sent(OpenRtbJson.read(body), "");
        if (!sent.json().isObject()) {
            throw Problem.of(ProblemCode.WRONG_TYPE, "a JSON object").at("").refused();
        }
        var id = sent.neededText("id");
        long places = List.of("site", "app", "dooh").stream()
                .filter(name -> sent.neededObject(name).isPresent())
                .count();
        if (places > 1) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "one of site, app and dooh")
                    .at("/site")
                    .refused();
        }
        int taxonomy = sent.number("cattax").orElse(1);
        return new BidRequest(
                sent,
                id,
                imps(sent),
                sent.flag("test"),
                sent.number("tmax"),
                sent.currencies("cur"),
                sent.texts("wseat"),
                sent.texts("bseat"),
                taxonomy,
                sent.texts("bcat"),
                sent.texts("acat"),
                sent.texts("badv"));
    }

    /// Where the ad would be: the site or app, with its content and publisher.
    Sent place() {
        return sent.neededObject("app").orElseGet(() -> sent.object("site"));
    }

    private static List<Imp> imps(Sent sent) {
        var imps = new ArrayList<Imp>();
        var ids = new HashSet<String>();
        for (var one : sent.objects("imp")) {
            var imp = imp(one);
            if (!ids.add(imp.id())) {
                throw Problem.of(ProblemCode.NOT_UNIQUE).at(one.at() + "/id").refused();
            }
            imps.add(imp);
        }
        if (imps.isEmpty()) {
            throw Problem.of(sent.has("imp") ? ProblemCode.WRONG_TYPE : ProblemCode.REQUIRED, "a list of at least one")
                    .at("/imp")
                    .refused();
        }
        if (imps.size() > MAX_IMPS) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, MAX_IMPS + " imp")
                    .at("/imp")
                    .refused();
        }
        return imps;
    }

    private static Imp imp(Sent imp) {
        var id = imp.neededText("id");
        var banner = imp.neededObject("banner");
        var card = imp.neededObject("native");
        if (banner.isEmpty()
                && card.isEmpty()
                && imp.neededObject("video").isEmpty()
                && imp.neededObject("audio").isEmpty()
                && !imp.has("banner")) {
            throw Problem.of(ProblemCode.REQUIRED, "one of banner, video, audio and native")
                    .at(imp.at() + "/banner")
                    .refused();
        }
        return new Imp(
                id,
                imp.text("tagid"),
                // An empty banner asks for any size.
                imp.has("banner") ? Optional.of(banner(imp.object("banner"))) : Optional.empty(),
                card.map(NativeRequest::of),
                floor(imp),
                imp.currencies("bidfloorcur").stream().findFirst().orElse("USD"),
                imp.flag("secure"),
                imp.object("pmp").flag("private_auction"),
                imp.flag("rwdd") || imp.flag("instl"));
    }

    private static BigDecimal floor(Sent imp) {
        var floor = imp.decimal("bidfloor").orElse(BigDecimal.ZERO);
        if (floor.signum() < 0) {
            throw Problem.of(ProblemCode.OUT_OF_RANGE, "0 or more")
                    .at(imp.at() + "/bidfloor")
                    .refused();
        }
        return floor;
    }

    private static Banner banner(Sent banner) {
        var formats = banner.objects("format");
        var size = formats.isEmpty() ? banner : formats.getFirst();
        return new Banner(size.number("w"), size.number("h"), banner.numbers("btype"));
    }
}
