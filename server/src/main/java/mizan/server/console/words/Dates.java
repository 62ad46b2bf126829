package mizan.server.console.words;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.IslamicCalendar;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.chrono.HijrahDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Dates and times in a reader's form: `16 Nov 2026`, «16 نوفمبر 2026», 24 hours. Never all-numeric, which
/// two readers read differently.
public final class Dates {
    /// What the Umm al-Qura calendar of the JDK knows: 1300 to 1600 AH.
    private static final LocalDate FIRST_HIJRI = LocalDate.of(1882, 11, 12);

    private static final LocalDate LAST_HIJRI = LocalDate.of(2174, 11, 24);
    private final Digits digits;
    private final ZoneId zone;
    private final List<String> months;
    private final Lang lang;
    private final boolean hijri;
    private final List<String> hijriMonths;

    /// @param hijri whether full dates have their Umm al-Qura date beside them
    Dates(Lang lang, Digits digits, ZoneId zone, boolean hijri) {
        this.digits = digits;
        this.zone = zone;
        var locale = ULocale.forLanguageTag(lang.tag() + "-u-ca-gregory-nu-" + digits.numberingSystem());
        this.months = List.of(new DateFormatSymbols(locale).getShortMonths());
        this.lang = lang;
        this.hijri = hijri;
        this.hijriMonths =
                hijri ? List.of(new DateFormatSymbols(new IslamicCalendar(), locale).getMonths()) : List.of();
    }

    /// The zone in which moments are shown.
    public ZoneId zone() {
        return zone;
    }

    /// Whether full dates have their Umm al-Qura date beside them.
    public boolean isHijri() {
        return hijri;
    }

    /// A day with its year: `16 Nov 2026`.
    public Html date(LocalDate day) {
        var gregorian = words(dayMonth(day) + ' ' + digits.show(String.valueOf(day.getYear())));
        if (!hijri || day.isBefore(FIRST_HIJRI) || day.isAfter(LAST_HIJRI)) {
            return gregorian;
        }
        var other = words(hijri(HijrahDate.from(day)));
        return new Html(
                gregorian.markup() + " <span class=\"hijri\">(" + other.markup() + ")</span>",
                gregorian.plain() + " (" + other.plain() + ")");
    }

    /// The day on which a moment falls for this reader.
    public Html date(Instant moment) {
        return date(day(moment));
    }

    /// A month with its year: `Nov 2026`.
    public Html month(YearMonth month) {
        return words(months.get(month.getMonthValue() - 1) + ' ' + digits.show(String.valueOf(month.getYear())));
    }

    /// A day without its year, for charts and lists within a year: `16 Nov`.
    public Html shortDate(LocalDate day) {
        return words(dayMonth(day));
    }

    /// A time of day to the minute: `10:05`.
    public Html minute(Instant moment) {
        return Html.figure(clock(moment, false));
    }

    /// A time of day to the second: `14:02:11`.
    public Html second(Instant moment) {
        return Html.figure(clock(moment, true));
    }

    /// A day and a time to the second, without the year: `17 Nov 14:02:11`.
    public Html moment(Instant moment) {
        var day = shortDate(day(moment));
        var time = second(moment);
        return new Html(day.markup() + ' ' + time.markup(), day.plain() + ' ' + time.plain());
    }

    /// The same with its year, for what is read years later: `17 Nov 2026 14:02:11`.
    public Html fullMoment(Instant moment) {
        var day = date(moment);
        var time = second(moment);
        return new Html(day.markup() + ' ' + time.markup(), day.plain() + ' ' + time.plain());
    }

    /// Today for this reader at that moment.
    public LocalDate day(Instant moment) {
        return moment.atZone(zone).toLocalDate();
    }

    private String hijri(HijrahDate day) {
        return digits.show(String.valueOf(day.get(ChronoField.DAY_OF_MONTH)))
                + ' '
                + hijriMonths.get(day.get(ChronoField.MONTH_OF_YEAR) - 1)
                + ' '
                + digits.show(String.valueOf(day.get(ChronoField.YEAR)))
                + (lang == Lang.AR ? " هـ" : " AH");
    }

    private String dayMonth(LocalDate day) {
        return digits.show(String.valueOf(day.getDayOfMonth())) + ' ' + months.get(day.getMonthValue() - 1);
    }

    private String clock(Instant moment, boolean seconds) {
        LocalTime time = moment.atZone(zone).toLocalTime().truncatedTo(ChronoUnit.SECONDS);
        var shown = String.valueOf(time);
        var full = shown.length() == 5 ? shown + ":00" : shown;
        return digits.show(seconds ? full : full.substring(0, 5));
    }

    private static Html words(String text) {
        return new Html("<bdi>" + Html.escape(text) + "</bdi>", text);
    }
}
