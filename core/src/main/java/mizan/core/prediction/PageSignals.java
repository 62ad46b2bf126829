package mizan.core.prediction;

import java.util.List;

/// What the predictor knows of a request, hashed once for all its candidates. Nothing that names the reader.
///
/// @param placement the placement's code
/// @param topics the page's commonest topics; only the first [#TOPICS] are used
public record PageSignals(
        String placement,
        String surface,
        String country,
        String language,
        String device,
        int hourOfDay,
        List<String> topics,
        Hashed hashed) {
    /// So many of a page's topics are used.
    public static final int TOPICS = 2;

    public PageSignals(
            String placement,
            String surface,
            String country,
            String language,
            String device,
            int hourOfDay,
            List<String> topics) {
        this(
                placement,
                surface,
                country,
                language,
                device,
                hourOfDay,
                List.copyOf(topics),
                hash(placement, surface, country, language, device, hourOfDay, topics));
    }

    /// @param part of the day in four hours: finer than the day, coarse enough to learn for one ad
    record Hashed(
            long placement,
            long surface,
            long country,
            long language,
            long device,
            long hour,
            long part,
            long topic,
            long secondTopic) {}

    private static Hashed hash(
            String placement,
            String surface,
            String country,
            String language,
            String device,
            int hourOfDay,
            List<String> topics) {
        return new Hashed(
                Features.of("placement", placement),
                Features.of("surface", surface),
                Features.of("country", country),
                Features.of("language", language),
                Features.of("device", device),
                Features.of("hour", Integer.toString(hourOfDay)),
                Features.of("part", Integer.toString(hourOfDay / 4)),
                Features.of("topic", topic(topics, 0)),
                Features.of("topic", topic(topics, 1)));
    }

    private static String topic(List<String> topics, int nth) {
        return nth < Math.min(TOPICS, topics.size()) ? topics.get(nth) : "";
    }

    /// The places of the twenty features of this ad on this page.
    int[] with(AdSignals ad) {
        var a = ad.hashed();
        var p = hashed;
        long[] features = {
            a.ad(),
            a.campaign(),
            a.advertiser(),
            a.category(),
            a.kind(),
            p.placement(),
            p.surface(),
            p.country(),
            p.language(),
            p.device(),
            p.hour(),
            p.topic(),
            p.secondTopic(),
            Features.cross(a.advertiser(), p.placement()),
            Features.cross(a.kind(), p.placement()),
            Features.cross(a.ad(), p.language()),
            Features.cross(a.ad(), p.part()),
            Features.cross(a.ad(), p.topic()),
            Features.cross(a.ad(), p.secondTopic()),
            Features.cross(a.category(), p.topic()),
        };
        var places = new int[features.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = Features.place(features[i]);
        }
        return places;
    }
}
