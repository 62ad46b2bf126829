package mizan.core.signal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.core.signal.Entry.Kind;

/// Learns from a text who leads whom: "Lena Falk, chief executive of Nordlys", «مالك منصة مرسى».
///
/// Only for the text at hand, so that a later "Falk praised" is known as Nordlys's.
final class People {
    private static final int TITLE_REACH = 4;
    private final Map<String, Optional<AdvertiserId>> found = new LinkedHashMap<>();

    private People() {}

    /// Names of persons, full and by the last part, with whom they lead; nobody is the platform.
    static Map<String, Optional<AdvertiserId>> in(List<View> views) {
        var people = new People();
        views.forEach(people::read);
        return people.found;
    }

    private void read(View view) {
        for (var title : view.hits(Kind.LEADER, 0, view.sentence.size()).toList()) {
            var led = view.mentions.stream()
                    .filter(m -> m.who().size() < 2)
                    .filter(m -> (m.from() >= title.to() && m.from() - title.to() <= TITLE_REACH)
                            || (m.to() <= title.from() && title.from() - m.to() <= 2))
                    .min((a, b) -> distance(a, title.from()) - distance(b, title.from()));
            led.ifPresent(
                    m -> learn(view, title.from(), Math.max(m.to(), title.to()), Math.min(m.from(), title.from()), m));
        }
    }

    private static int distance(Mention mention, int at) {
        return Math.abs(mention.from() - at);
    }

    /// @param after where the name may begin: after the title and the company
    /// @param before where it may end: before both
    private void learn(View view, int title, int after, int before, Mention led) {
        var sentence = view.sentence;
        int end = nameEnd(view, after);
        int segment = sentence.segmentStart(title);
        boolean titled = view.hits(Kind.LEADER, segment, sentence.size()).anyMatch(h -> h.from() == segment)
                || before == segment;
        if (end - after >= 2) {
            keep(sentence, after, end, led);
        } else if (titled && segment >= 2 && nameStart(view, segment) <= segment - 2) {
            keep(sentence, nameStart(view, segment), segment, led);
        }
    }

    private static int nameEnd(View view, int from) {
        var sentence = view.sentence;
        int to = from;
        while (to < sentence.size()
                && to - from < 3
                && isNamePart(view, to)
                && (to == from || !sentence.breaksBefore(to))) {
            to++;
        }
        boolean closed = to == sentence.size() || sentence.breaksBefore(to);
        boolean arabic = from < sentence.size() && sentence.word(from).isArabic();
        return arabic && !(closed && to - from <= 3 && sentence.breaksBefore(from)) ? from : to;
    }

    private static int nameStart(View view, int to) {
        int from = to;
        while (from > 0
                && to - from < 2
                && isNamePart(view, from - 1)
                && (from == to || !view.sentence.breaksBefore(from))) {
            from--;
        }
        return from;
    }

    private static boolean isNamePart(View view, int i) {
        var word = view.sentence.word(i);
        boolean plain = !view.isNamed(i)
                && view.hits().stream()
                        .noneMatch(
                                h -> h.from() <= i && i < h.to() && h.meaning().kind() != Kind.CORP);
        return plain && word.folded().length() > 2 && !word.isNumber() && (word.isArabic() || word.isCapital());
    }

    private void keep(Sentence sentence, int from, int to, Mention led) {
        var who = led.who().stream().findFirst();
        var first = sentence.word(from).raw();
        boolean joined = sentence.word(from).isArabic() && first.startsWith("و") && first.length() > 4;
        var full = sentence.written(from, to);
        found.putIfAbsent(joined ? full.substring(1) : full, who);
        var last = sentence.word(to - 1).raw();
        if (last.length() > 2) {
            found.putIfAbsent(last, who);
        }
    }
}
