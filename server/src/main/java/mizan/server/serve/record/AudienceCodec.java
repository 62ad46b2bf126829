package mizan.server.serve.record;

import java.util.Optional;
import mizan.core.feed.Offer;
import mizan.core.feed.Session;
import mizan.core.feed.Viewer;

/// Who read, and what they had seen before.
final class AudienceCodec {
    private AudienceCodec() {}

    static void viewer(Pack out, Viewer viewer) {
        out.optional(viewer.key());
        out.optional(viewer.country());
        out.optional(viewer.region());
        out.optional(viewer.language());
        out.optional(viewer.device());
        out.number(viewer.profile().isPresent() ? 1 : 0);
        viewer.profile().ifPresent(profile -> {
            out.optional(profile.age());
            out.set(profile.interests());
            out.set(profile.segments());
        });
        out.set(viewer.hiddenAds());
        out.set(viewer.hiddenAdvertisers());
        out.number(code(viewer.ads()));
    }

    static Viewer viewer(Unpack in) {
        return new Viewer(
                in.optional(),
                in.optional(),
                in.optional(),
                in.optional(),
                in.optional(),
                in.flag() ? Optional.of(new Viewer.Profile(in.optional(), in.set(), in.set())) : Optional.empty(),
                in.set(),
                in.set(),
                ads(in.integer()));
    }

    private static int code(Viewer.Ads ads) {
        return switch (ads) {
            case ALL -> 0;
            case FEWER -> 1;
            case NONE -> 2;
        };
    }

    private static Viewer.Ads ads(int code) {
        return switch (code) {
            case 0 -> Viewer.Ads.ALL;
            case 1 -> Viewer.Ads.FEWER;
            case 2 -> Viewer.Ads.NONE;
            default -> throw new IllegalArgumentException("nobody is granted ads by the code " + code);
        };
    }

    static void session(Pack out, Session session) {
        out.number(session.posts());
        out.number(session.ads());
        out.number(session.halfLeftPpm());
        out.number(session.last().isPresent() ? 1 : 0);
        session.last().ifPresent(last -> {
            out.text(last.advertiser());
            out.text(last.industry());
            out.number(last.postsSince());
            out.number(last.secondsSince());
        });
    }

    static Session session(Unpack in) {
        int posts = in.integer();
        int ads = in.integer();
        long halfLeftPpm = in.number();
        if (!in.flag()) {
            return new Session(posts, ads, Optional.empty(), halfLeftPpm);
        }
        var advertiser = in.text();
        var industry = in.text();
        return new Session(
                posts,
                ads,
                Optional.of(new Session.LastAd(in.integer(), in.integer(), advertiser, industry)),
                halfLeftPpm);
    }

    static void offer(Pack out, Offer offer) {
        out.number(offer.slot());
        out.number(offer.floorCpmMicros());
        out.set(offer.refusedCategories());
        out.set(offer.acceptedCategories());
        out.set(offer.refusedDomains());
        picture(out, offer.picture());
        out.number(offer.maxHeadline());
        out.number(offer.maxBody());
        out.number(offer.views() ? 1 : 0);
    }

    static Offer offer(Unpack in) {
        return new Offer(
                in.integer(),
                in.number(),
                in.set(),
                in.set(),
                in.set(),
                picture(in),
                in.integer(),
                in.integer(),
                in.flag());
    }

    /// 0 for none, 1 for one of any size, 2 before its least width and height.
    private static void picture(Pack out, Optional<Offer.Least> picture) {
        var least = picture.orElse(Offer.Least.ANY);
        boolean any = least.equals(Offer.Least.ANY);
        out.number(picture.isEmpty() ? 0 : any ? 1 : 2);
        if (!any) {
            out.number(least.width());
            out.number(least.height());
        }
    }

    private static Optional<Offer.Least> picture(Unpack in) {
        return switch (in.integer()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Offer.Least.ANY);
            default -> Optional.of(new Offer.Least(in.integer(), in.integer()));
        };
    }
}
