package mizan.core.signal;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mizan.core.signal.Entry.Kind;
import mizan.core.suitability.text.Folding;

/// Finds the time that a sentence gives an act.
///
/// Gregorian years, months (both Arabic naming habits), days, and times told from the day of the text, such
/// as "last week" or «قبل شهرين». A month without a year is the last one before the text, or the next one
/// for what is planned.
final class Times {
    private static final Map<String, Month> MONTHS = new HashMap<>();
    private static final Map<String, DayOfWeek> DAYS = new HashMap<>();
    private static final Map<String, ChronoUnit> UNITS = new HashMap<>();
    private static final Map<String, Integer> NUMBERS = new HashMap<>();
    private static final Set<String> BEFORE_A_YEAR =
            folded("in since during of by from until year عام سنة منذ خلال العام سنه من حتى بحلول");
    private static final Set<String> BEFORE_A_MONTH =
            folded("في شهر منذ خلال اوائل اواخر منتصف نهاية بداية مطلع حتى من الى بين وفي فبراير لشهر");
    private static final Set<String> LAST = folded("last past previous الماضي الماضية المنصرم الفائت السابق");
    private static final Set<String> THIS = folded("this current هذا هذه الحالي الجاري الحالية");
    private static final Set<String> NEXT = folded("next coming المقبل القادم المقبلة القادمة");

    static {
        var english = "january february march april may june july august september october november december";
        var short3 = "jan feb mar apr may jun jul aug sep oct nov dec";
        var arabic = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر";
        var egypt = "يناير فبراير مارس إبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر";
        for (var names : List.of(english, short3, arabic, egypt)) {
            number(names, (word, i) -> MONTHS.put(word, Month.of(i + 1)));
        }
        var levant = "شباط آذار نيسان أيار حزيران تموز آب أيلول";
        number(levant, (word, i) -> MONTHS.put(word, Month.of(i + 2)));
        number(
                "monday tuesday wednesday thursday friday saturday sunday",
                (word, i) -> DAYS.put(word, DayOfWeek.of(i + 1)));
        number("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد", (word, i) -> DAYS.put(word, DayOfWeek.of(i + 1)));
        for (var unit : Map.of(
                        ChronoUnit.DAYS, "day يوم ايام يوما يومين",
                        ChronoUnit.WEEKS, "week أسبوع أسابيع أسبوعين أسبوعا الأسبوع",
                        ChronoUnit.MONTHS, "month شهر أشهر شهور شهرين شهرا الشهر",
                        ChronoUnit.YEARS, "year عام سنة أعوام سنوات عامين سنتين عاما العام السنة")
                .entrySet()) {
            number(unit.getValue(), (word, _) -> UNITS.put(word, unit.getKey()));
            number(unit.getValue(), (word, _) -> UNITS.put(word + "s", unit.getKey()));
        }
        number("zero one two three four five six seven eight nine ten", (word, i) -> NUMBERS.put(word, i));
        NUMBERS.put("a", 1);
        NUMBERS.put("an", 1);
        number("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", (word, i) -> NUMBERS.put(word, i + 3));
        number("ثلاث أربع خمس ست سبع ثماني تسع عشر", (word, i) -> NUMBERS.put(word, i + 3));
    }

    private interface Numbered {
        void take(String word, int i);
    }

    private static void number(String words, Numbered each) {
        var list = words.split(" ");
        for (int i = 0; i < list.length; i++) {
            each.take(fold(list[i]), i);
        }
    }

    private static String fold(String word) {
        return Folding.fold(word).words().getFirst();
    }

    private static Set<String> folded(String words) {
        var set = new java.util.HashSet<String>();
        number(words, (word, _) -> set.add(word));
        return Set.copyOf(set);
    }

    /// A time and where it stands.
    private record Said(int from, int to, When when) {}

    private final View view;
    private final Sentence sentence;
    private final LocalDate published;

    Times(View view, LocalDate published) {
        this.view = view;
        this.sentence = view.sentence;
        this.published = published;
    }

    /// Whether a word that is a month's name too stands where months stand: "في مارس", "3 مارس", "مارس 2024".
    static boolean isMonthHere(Sentence sentence, int i) {
        if (sentence.word(i).forms().stream().noneMatch(MONTHS::containsKey)) {
            return false;
        }
        boolean numbered = (i > 0 && sentence.word(i - 1).isNumber())
                || (i + 1 < sentence.size() && sentence.word(i + 1).isNumber());
        boolean introduced = i > 0
                && !sentence.breaksBefore(i)
                && BEFORE_A_MONTH.contains(sentence.word(i - 1).folded());
        return numbered || introduced;
    }

    /// The time that belongs to an act, of all that the sentence names.
    ///
    /// @param lower the word after the cue before
    /// @param upper the first word of the cue after
    When of(Cue cue, int lower, int upper, boolean planned) {
        var said = said(planned);
        int start = sentence.segmentStart(cue.from());
        int end = sentence.segmentEnd(cue.to() - 1);
        return said.stream()
                .filter(t -> t.from() >= cue.to() && t.to() <= Math.min(end, upper))
                .filter(t -> upper >= sentence.size() || !opensNext(t, upper))
                .findFirst()
                .or(() -> said.stream()
                        .filter(t -> t.from() >= Math.max(start, lower) && t.to() <= cue.from())
                        .filter(t -> lower == 0 || start >= lower || opensNext(t, cue.from()))
                        .findFirst())
                .or(() -> beside(said, start - 1, lower))
                .or(() -> end < sentence.size() ? beside(said, end, end) : Optional.empty())
                .map(Said::when)
                .orElse(When.unstated(published));
    }

    /// "stopped in 2023 and in 2025 returned": what "and" stands before belongs to the next act.
    private boolean opensNext(Said time, int next) {
        int before = time.from() - 1;
        boolean joined = before >= 0
                && (view.is(Kind.CONNECT, before)
                        || (view.is(Kind.PREPOSITION, before) && before > 0 && view.is(Kind.CONNECT, before - 1))
                        || sentence.word(before).raw().startsWith("و"));
        return joined && time.to() <= next;
    }

    /// A segment beside the act's that says only a time: "In 2023, Amazon stopped".
    private Optional<Said> beside(List<Said> said, int within, int lower) {
        if (within < lower || within < 0) {
            return Optional.empty();
        }
        int start = sentence.segmentStart(within);
        int end = sentence.segmentEnd(within);
        return said.stream()
                .filter(t -> t.from() >= start && t.to() <= end && end - start - (t.to() - t.from()) <= 2)
                .findFirst();
    }

    private List<Said> said(boolean planned) {
        var found = new ArrayList<Said>();
        for (int i = 0; i < sentence.size(); ) {
            var here = at(i, planned);
            here.ifPresent(found::add);
            i = here.map(Said::to).orElse(i + 1);
        }
        return found;
    }

    private Optional<Said> at(int i, boolean planned) {
        return date(i, planned).or(() -> year(i)).or(() -> told(i)).or(() -> weekday(i));
    }

    private Optional<Said> date(int i, boolean planned) {
        var month = month(i);
        boolean arabic = sentence.word(i).isArabic() && isMonthHere(sentence, i);
        if (month.isPresent() && (arabic || isWord(i) || number(i + 1).isPresent())) {
            var day = number(i + 1).filter(n -> n >= 1 && n <= 31);
            int year = yearAfter(day.isPresent() ? i + 2 : i + 1);
            int to = i + 1 + (day.isPresent() ? 1 : 0) + (year > 0 ? 1 : 0);
            return when(month.get(), day.orElse(0), year, planned).map(w -> new Said(i, to, w));
        }
        var day = number(i).filter(n -> n >= 1 && n <= 31);
        var after = i + 1 < sentence.size() ? month(i + 1) : Optional.<Month>empty();
        if (day.isPresent() && after.isPresent()) {
            int year = yearAfter(i + 2);
            return when(after.get(), day.get(), year, planned).map(w -> new Said(i, i + 2 + (year > 0 ? 1 : 0), w));
        }
        return Optional.empty();
    }

    /// An English month must be capitalised and follow a word of time, or "may" and "march" would be months.
    private boolean isWord(int i) {
        return !sentence.word(i).isArabic()
                && sentence.word(i).isCapital()
                && i > 0
                && BEFORE_A_YEAR.contains(sentence.word(i - 1).folded());
    }

    private Optional<When> when(Month month, int day, int year, boolean planned) {
        try {
            int likely = year > 0 ? year : published.getYear();
            var from = LocalDate.of(likely, month, Math.max(1, day));
            if (year == 0 && !planned && from.isAfter(published)) {
                from = from.minusYears(1);
            }
            if (year == 0 && planned && from.plusMonths(1).isBefore(published)) {
                from = from.plusYears(1);
            }
            return Optional.of(When.stated(from, day > 0 ? from.plusDays(1) : from.plusMonths(1)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Optional<Said> year(int i) {
        return i > 0 && yearAt(i) && sentence.word(i - 1).forms().stream().anyMatch(BEFORE_A_YEAR::contains)
                ? Optional.of(new Said(i, i + 1, wholeYear(number(i).orElseThrow())))
                : Optional.empty();
    }

    private static When wholeYear(int year) {
        return When.stated(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
    }

    /// Times told from the day of the text.
    private Optional<Said> told(int i) {
        var word = sentence.word(i).folded();
        if (word.equals("yesterday") || word.equals("امس")) {
            return Optional.of(new Said(i, i + 1, oneDay(published.minusDays(1))));
        }
        if (word.equals("today") || (word.equals("اليوم") && !follows(i, "حتى"))) {
            return Optional.of(new Said(i, i + 1, oneDay(published)));
        }
        var unit = unit(i);
        if (unit.isPresent() && i > 0) {
            for (var side : List.of(i - 1, i + 1)) {
                if (side < sentence.size() && !sentence.breaksBefore(Math.max(side, i))) {
                    var which = sentence.word(side).folded();
                    int step = LAST.contains(which) ? -1 : THIS.contains(which) ? 0 : NEXT.contains(which) ? 1 : 9;
                    if (step < 9) {
                        return Optional.of(new Said(Math.min(side, i), Math.max(side, i) + 1, span(unit.get(), step)));
                    }
                }
            }
        }
        return ago(i);
    }

    /// "two weeks ago", «قبل ثلاثة أشهر», «قبل عامين».
    private Optional<Said> ago(int i) {
        boolean arabic = sentence.word(i).folded().equals("قبل");
        var count = number(arabic ? i + 1 : i);
        int at = (arabic ? i + 1 : i) + (count.isPresent() ? 1 : 0);
        var unit = at < sentence.size() ? unit(at) : Optional.<ChronoUnit>empty();
        if (unit.isEmpty() || (!arabic && (count.isEmpty() || !follows(at + 2, "ago")))) {
            return Optional.empty();
        }
        boolean dual = sentence.word(at).folded().endsWith("ين") && count.isEmpty();
        var day = published.minus(count.orElse(dual ? 2 : 1), unit.get());
        return Optional.of(new Said(i, at + (arabic ? 1 : 2), containing(day, unit.get())));
    }

    private boolean follows(int after, String word) {
        return after > 0
                && after <= sentence.size()
                && sentence.word(after - 1).folded().equals(word);
    }

    private Optional<Said> weekday(int i) {
        var day = Optional.ofNullable(DAYS.get(sentence.word(i).folded()));
        boolean introduced = i > 0
                && Set.of("on", "last", "يوم", "اليوم")
                        .contains(sentence.word(i - 1).folded());
        return day.filter(_ -> introduced)
                .map(d -> new Said(i, i + 1, oneDay(published.with(TemporalAdjusters.previousOrSame(d)))));
    }

    private When span(ChronoUnit unit, int step) {
        return containing(published.plus(step, unit), unit);
    }

    private static When containing(LocalDate day, ChronoUnit unit) {
        return switch (unit) {
            case WEEKS -> {
                var monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield When.stated(monday, monday.plusWeeks(1));
            }
            case MONTHS ->
                When.stated(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1));
            case YEARS -> wholeYear(day.getYear());
            default -> oneDay(day);
        };
    }

    private static When oneDay(LocalDate day) {
        return When.stated(day, day.plusDays(1));
    }

    private Optional<ChronoUnit> unit(int i) {
        return sentence.word(i).forms().stream()
                .filter(UNITS::containsKey)
                .map(UNITS::get)
                .findFirst();
    }

    private Optional<Month> month(int i) {
        return sentence.word(i).forms().stream()
                .filter(MONTHS::containsKey)
                .map(MONTHS::get)
                .findFirst();
    }

    private Optional<Integer> number(int i) {
        if (i < 0 || i >= sentence.size()) {
            return Optional.empty();
        }
        var word = sentence.word(i).folded();
        if (word.length() <= 4 && sentence.word(i).isNumber()) {
            return Optional.of(Integer.parseInt(word));
        }
        return Optional.ofNullable(NUMBERS.get(word));
    }

    private boolean yearAt(int i) {
        return number(i).filter(n -> n >= 1990 && n < 2100).isPresent()
                && sentence.word(i).isNumber();
    }

    private int yearAfter(int i) {
        return yearAt(i) ? number(i).orElseThrow() : 0;
    }
}
