package mizan.server.console.words;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Dates and times in a reader's form: `16 Nov 2026`, «16 نوفمبر 2026», 24 hours. Never all-numeric, which
/// two readers read differently.
public final class Dates {
    private final Digits digits;
    private final ZoneId zone;
    private final List<String> months;

    Dates(Lang lang, Digits digits, ZoneId zone) {
        this.digits = digits;
        this.zone = zone;
        var locale = ULocale.forLanguageTag(lang.tag() + "-u-ca-gregory-nu-" + digits.numberingSystem());
        this.months = List.of(new DateFormatSymbols(locale).getShortMonths());
    }

    /// The zone in which moments are shown.
    public ZoneId zone() {
        return zone;
    }

    /// A day with its year: `16 Nov 2026`.
    public Html date(LocalDate day) {
        return words(dayMonth(day) + ' ' + digits.show(String.valueOf(day.getYear())));
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
