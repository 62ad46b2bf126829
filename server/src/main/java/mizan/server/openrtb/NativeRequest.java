package mizan.server.openrtb;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mizan.core.campaign.Creative;
import mizan.core.feed.Offer;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import mizan.server.picture.StoredPicture;

/// A Native Ad Request (OpenRTB Native 1.2, section 4): which parts of a card the seller draws.
///
/// @param answerable whether each part that it insists on is one that we have
/// @param picture how large the main picture must be that it insists on; empty when it does not
/// @param maxTitle characters of the shortest title that is asked for; 0 for any
/// @param maxBody the same of the description
/// @param trackers whether it fires event trackers at all (1.2); older ones know `imptrackers`
/// @param viewable whether it fires a picture when half the ad was on screen for a second (event 2, method 1)
record NativeRequest(
        List<Asset> assets,
        boolean answerable,
        Optional<Offer.Least> picture,
        int maxTitle,
        int maxBody,
        boolean trackers,
        boolean viewable) {
    /// One part of the card.
    ///
    /// @param required whether a card without it is not shown
    /// @param length most characters of a text
    /// @param least size of a picture
    /// @param types media types of a picture; empty for any
    record Asset(int id, Kind kind, boolean required, OptionalInt length, Offer.Least least, List<String> types) {
        Asset(int id, Kind kind, boolean required, OptionalInt length) {
            this(id, kind, required, length, Offer.Least.ANY, List.of());
        }

        boolean takes(Creative.Picture picture) {
            return picture.width() >= least.width()
                    && picture.height() >= least.height()
                    && (types.isEmpty() || types.contains(StoredPicture.mediaType(picture.name())));
        }
    }

    /// The parts that a creative has (section 7, data and image asset types).
    enum Kind {
        TITLE,
        MAIN_PICTURE,
        SPONSORED,
        BODY,
        CALL_TO_ACTION,
        DISPLAY_URL,
        OTHER
    }

    /// @param card `imp.native`: its `request` is JSON within a text, by a habit of some senders the object itself;
    ///     1.0 wraps it in `native`
    /// @throws Refused when it cannot be read
    static NativeRequest of(Sent card) {
        var text = card.json().path("request");
        var read = text.isString() ? OpenRtbJson.read(text.stringValue()) : text;
        var root = read.path("native").isObject() ? read.path("native") : read;
        if (!root.isObject()) {
            throw Problem.of(
                            text.isMissingNode() ? ProblemCode.REQUIRED : ProblemCode.WRONG_TYPE, "a Native Ad Request")
                    .at(card.at() + "/request")
                    .refused();
        }
        var sent = new Sent(root, card.at() + "/request");
        var assets = sent.objects("assets").stream().map(NativeRequest::asset).toList();
        return new NativeRequest(
                assets,
                assets.stream().noneMatch(a -> a.required() && a.kind() == Kind.OTHER),
                largest(assets),
                shortest(assets, Kind.TITLE),
                shortest(assets, Kind.BODY),
                fires(sent, 1),
                fires(sent, 2));
    }

    private static Optional<Offer.Least> largest(List<Asset> assets) {
        return assets.stream()
                .filter(a -> a.required() && a.kind() == Kind.MAIN_PICTURE)
                .map(Asset::least)
                .reduce((one, other) ->
                        new Offer.Least(Math.max(one.width(), other.width()), Math.max(one.height(), other.height())));
    }

    /// Whether it asks for a picture (method 1) to be called at this event.
    private static boolean fires(Sent sent, int event) {
        return sent.objects("eventtrackers").stream()
                .anyMatch(e -> e.number("event").orElse(0) == event
                        && e.numbers("methods").contains(1));
    }

    private static Asset asset(Sent asset) {
        var id = asset.number("id")
                .orElseThrow(() ->
                        Problem.of(ProblemCode.REQUIRED).at(asset.at() + "/id").refused());
        boolean required = asset.flag("required");
        if (asset.has("title")) {
            return new Asset(id, Kind.TITLE, required, asset.object("title").number("len"));
        }
        if (asset.has("img")) {
            // An icon is a logo, and creatives have none.
            var picture = asset.object("img");
            boolean main = picture.number("type").orElse(3) == 3;
            // `w` and `h` are what it wishes for, and sellers scale; the least is what it insists on.
            var least = new Offer.Least(
                    Math.max(0, picture.number("wmin").orElse(0)),
                    Math.max(0, picture.number("hmin").orElse(0)));
            return new Asset(
                    id,
                    main ? Kind.MAIN_PICTURE : Kind.OTHER,
                    required,
                    OptionalInt.empty(),
                    least,
                    picture.texts("mimes"));
        }
        var data = asset.object("data");
        var kind = switch (data.number("type").orElse(0)) {
            case 1 -> Kind.SPONSORED;
            case 2, 10 -> Kind.BODY;
            case 11 -> Kind.DISPLAY_URL;
            case 12 -> Kind.CALL_TO_ACTION;
            default -> Kind.OTHER;
        };
        return new Asset(id, kind, required, data.number("len"));
    }

    private static int shortest(List<Asset> assets, Kind kind) {
        return assets.stream()
                .filter(a -> a.kind() == kind)
                .flatMapToInt(a -> a.length().stream())
                .filter(length -> length > 0)
                .min()
                .orElse(0);
    }
}
