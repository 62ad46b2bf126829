package mizan.sim.oracle;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// What a post may say, with the keywords that are in it by construction: whoever writes the sentence knows,
/// and no matcher is asked.
///
/// @param words as they stand in the post
/// @param keywords of [#KEYWORDS] that are in them
record Wording(String words, Set<String> keywords) {
    /// What advertisers exclude.
    static final List<String> KEYWORDS =
            List.of("war", "civil war", "storm", "bet", "حرب", "قهوة", "زلزال", "night train");

    private static final List<Wording> TELLING = List.of(
            new Wording("war", Set.of("war")),
            new Wording("WAR!", Set.of("war")),
            new Wording("#war", Set.of("war")),
            new Wording("the civil war", Set.of("war", "civil war")),
            new Wording("Civil  War", Set.of("war", "civil war")),
            new Wording("storms", Set.of("storm")),
            new Wording("a Storm.", Set.of("storm")),
            new Wording("bet", Set.of("bet")),
            new Wording("حرب", Set.of("حرب")),
            new Wording("الحرب", Set.of("حرب")),
            new Wording("وبالحرب", Set.of("حرب")),
            new Wording("حَرْبٌ", Set.of("حرب")),
            new Wording("القهوة", Set.of("قهوة")),
            new Wording("قهـــوة", Set.of("قهوة")),
            new Wording("زلزال", Set.of("زلزال")),
            new Wording("الزلزال", Set.of("زلزال")),
            new Wording("night train", Set.of("night train")),
            new Wording("night-train", Set.of("night train")));

    /// Words that look like keywords and are none.
    private static final List<String> HARMLESS = List.of(
            "wardrobe",
            "beta",
            "better",
            "train",
            "night",
            "civil",
            "brainstorming",
            "harbour",
            "garden",
            "محراب",
            "حارب",
            "مقهى",
            "بحر",
            "صباح",
            "الخير",
            "قطار");

    static Wording random(SplittableRandom random) {
        var words = new StringBuilder();
        var keywords = new java.util.HashSet<String>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            if (random.nextDouble() < 0.1) {
                var telling = TELLING.get(random.nextInt(TELLING.size()));
                words.append(telling.words());
                keywords.addAll(telling.keywords());
            } else {
                words.append(HARMLESS.get(random.nextInt(HARMLESS.size())));
            }
            // Nothing joins two neighbours into a phrase that was not meant.
            words.append(" ; and ");
        }
        return new Wording(words.toString(), Set.copyOf(keywords));
    }
}
