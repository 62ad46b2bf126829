package mizan.server.console.words;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The words of one reader: a language, a shape of digits and a time zone. Immutable; one a request is fine.
///
/// A message is looked up by key and filled in by ICU, so plurals follow the language (six forms in Arabic).
/// Whatever is filled in is isolated here, once: data in `<bdi>`, figures in `<bdi class="num">`. No page
/// can forget it.
public final class Words {
    /// Stands for a piece of markup while ICU fills in the pattern: this character plus the index of the
    /// piece.
    private static final char PIECE = '\uE000';

    private static final int MOST_PIECES = 64;
    private static final Pattern RIGHT_TO_LEFT = Pattern.compile("[\\u0590-\\u08ff]");
    /// Digits that belong to a Latin word, as in SHA-256, are no figure.
    private static final Pattern FIGURE = Pattern.compile(
            "(?<![\\p{IsLatin}\\p{Nd}])(?<!\\p{IsLatin}-)[+\u2212]?\\p{Nd}+(?:[.,:٬٫]\\p{Nd}+)*(?:[%٪]|(?![\\p{IsLatin}]))");

    private final Lang lang;
    private final Digits digits;
    private final Bundle bundle;
    private final Figures figures;
    private final Dates dates;

    private Words(Lang lang, Digits digits, ZoneId zone, boolean hijri) {
        this.lang = lang;
        this.digits = digits;
        this.bundle = Bundle.of(lang);
        this.figures = new Figures(lang, digits, bundle);
        this.dates = new Dates(lang, digits, zone, hijri);
    }

    /// The words for a reader of this language who sees times in this zone.
    public static Words of(Lang lang, Digits digits, ZoneId zone) {
        return new Words(lang, digits, zone, false);
    }

    /// The same with each full date in the Umm al-Qura calendar too, beside the Gregorian one.
    public Words withHijri() {
        return new Words(lang, digits, dates.zone(), true);
    }

    /// The reader's language.
    public Lang lang() {
        return lang;
    }

    /// The shapes of this reader's digits.
    public Digits digits() {
        return digits;
    }

    /// Numbers, shares and money in this reader's form.
    public Figures figures() {
        return figures;
    }

    /// Dates and times in this reader's form.
    public Dates dates() {
        return dates;
    }

    /// The message of a key, filled in.
    ///
    /// Arguments: a [Number] picks plurals and is shown as a figure, a [String] is data, an [Html] piece
    /// stays as it is, a [Worded] value shows its own words, a [LocalDate] or [Instant] shows as a date.
    public Html t(String key, Object... args) {
        var pieces = new ArrayList<Html>();
        var values = new Object[args.length];
        for (int i = 0; i < args.length; i++) {
            values[i] = args[i] instanceof Number number ? number : placeholder(piece(args[i]), pieces);
        }
        var filled = args.length == 0 && bundle.pattern(key).indexOf('{') < 0
                ? bundle.pattern(key).replace("''", "'")
                : bundle.format(key, digits, values);
        return assemble(filled, pieces);
    }

    /// The same without markup, for attributes and titles. Isolates stay only where directions meet.
    public String text(String key, Object... args) {
        var plain = t(key, args).plain();
        return RIGHT_TO_LEFT.matcher(plain).find() ? plain : plain.replaceAll("[\u2068\u2069]", "");
    }

    /// Whether there are words for a key that was put together from a code.
    public boolean has(String key) {
        return bundle.has(key);
    }

    /// The words of a domain value.
    public Html name(Worded value) {
        return t(value.wordKey());
    }

    /// The more precise message if there are words for it, else the general one:
    /// `outcome.not_targeted.country`.
    public Html detail(Worded value, String detail) {
        var precise = value.wordKey() + "." + detail;
        return t(!detail.isEmpty() && bundle.has(precise) ? precise : value.wordKey());
    }

    /// Data that someone typed, isolated.
    public Html data(String value) {
        return Html.data(value);
    }

    private Html piece(Object arg) {
        return switch (arg) {
            case Html html -> html;
            case String text -> Html.data(text);
            case Worded worded -> name(worded);
            case LocalDate date -> dates.date(date);
            case Instant instant -> dates.date(instant);
            default ->
                throw new IllegalArgumentException(
                        "a message cannot show a " + arg.getClass().getName());
        };
    }

    private static String placeholder(Html piece, List<Html> pieces) {
        if (pieces.size() == MOST_PIECES) {
            throw new IllegalArgumentException("a message takes at most " + MOST_PIECES + " pieces");
        }
        pieces.add(piece);
        return String.valueOf((char) (PIECE + pieces.size() - 1));
    }

    private Html assemble(String filled, List<Html> pieces) {
        var markup = new StringBuilder(filled.length() + 32);
        var plain = new StringBuilder(filled.length() + 16);
        int from = 0;
        for (int i = 0; i < filled.length(); i++) {
            int index = filled.charAt(i) - PIECE;
            if (index >= 0 && index < pieces.size()) {
                appendWords(filled.substring(from, i), markup, plain);
                markup.append(pieces.get(index).markup());
                plain.append(pieces.get(index).plain());
                from = i + 1;
            }
        }
        appendWords(filled.substring(from), markup, plain);
        return new Html(markup.toString(), plain.toString());
    }

    /// Figures that stand in the message itself are isolated like those filled in.
    private void appendWords(String words, StringBuilder markup, StringBuilder plain) {
        var shown = digits.show(Figures.withMinusSign(words));
        plain.append(shown);
        var figure = FIGURE.matcher(shown);
        int from = 0;
        while (figure.find()) {
            markup.append(Html.escape(shown.substring(from, figure.start())));
            markup.append(Html.figure(figure.group()).markup());
            from = figure.end();
        }
        markup.append(Html.escape(shown.substring(from)));
    }
}
