package mizan.server.reconciliation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import mizan.core.reconciliation.Counted;

/// An advertiser's counts as spreadsheets and ad servers write them: UTF-8 with or without a byte order mark, commas,
/// semicolons or tabs, any end of line, either set of digits, names of columns in English or Arabic.
///
/// A line that cannot be used is kept with the reason. Lines of the same day and thing are added up: a file that is
/// broken down further, by country say, still is one count.
public final class CountsFile {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_ROWS = 10_000;
    /// From the first to the last day.
    public static final int MAX_DAYS = 92;

    private final Map<Column, Integer> columns;
    private final Level level;
    private final boolean decimalComma;
    private final UnaryOperator<String> items;
    private final LocalDate today;
    private final Map<String, Counted> counted = new LinkedHashMap<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private long rows;

    /// What was read of a file; `rows` are those behind the head, blank ones left out.
    ///
    /// @param ignored names of columns that nothing is read from
    public record Read(Level level, long rows, List<Counted> counted, List<Wrong> wrong, List<String> ignored) {
        public Read {
            counted = List.copyOf(counted);
            wrong = List.copyOf(wrong);
            ignored = List.copyOf(ignored);
        }
    }

    /// Why a whole file cannot be used.
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        /// Why.
        public enum Why {
            EMPTY,
            /// No column of days, of things or of numbers.
            HEAD,
            TOO_MANY_ROWS,
            /// A quotation mark that does not end, or a field beyond every size.
            NOT_CSV
        }

        private final Why why;

        Unreadable(Why why) {
            super(why.name(), null, false, false);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    private CountsFile(
            Map<Column, Integer> columns,
            Level level,
            boolean decimalComma,
            UnaryOperator<String> items,
            LocalDate today) {
        this.columns = columns;
        this.level = level;
        this.decimalComma = decimalComma;
        this.items = items;
        this.today = today;
    }

    /// What resolves the texts of a level to ids.
    public interface Items {
        /// The id that a text means; the text itself when nothing has this id or name.
        UnaryOperator<String> at(Level level);
    }

    /// @param today in the advertiser's zone: later days have not been
    public static Read read(String text, Items items, LocalDate today) throws Unreadable {
        var file = text.startsWith("\uFEFF") ? text.substring(1) : text;
        char separator = separator(file);
        try (var csv = CsvReader.builder()
                .fieldSeparator(separator)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .skipEmptyLines(true)
                .ofCsvRecord(file)) {
            var records = csv.iterator();
            if (!records.hasNext()) {
                throw new Unreadable(Unreadable.Why.EMPTY);
            }
            var head = records.next().getFields();
            var columns = Column.of(head);
            var level = level(columns);
            var reader = new CountsFile(columns, level, separator != ',', items.at(level), today);
            reader.lines(records, head.size());
            return reader.done(head);
        } catch (CsvParseException e) {
            throw new Unreadable(Unreadable.Why.NOT_CSV);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("a text is read without a disk", e);
        }
    }

    /// The one of three that stands in the head most often.
    private static char separator(String file) {
        var head = file.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (head.chars().filter(c -> c == candidate).count()
                    > head.chars().filter(c -> c == ',').count()) {
                best = candidate;
            }
        }
        return best;
    }

    private static Level level(Map<Column, Integer> columns) throws Unreadable {
        boolean counts = columns.containsKey(Column.IMPRESSIONS)
                || columns.containsKey(Column.CLICKS)
                || columns.containsKey(Column.COST);
        if (!columns.containsKey(Column.DAY) || !counts) {
            throw new Unreadable(Unreadable.Why.HEAD);
        }
        if (columns.containsKey(Column.AD)) {
            return Level.AD;
        }
        if (columns.containsKey(Column.AD_GROUP)) {
            return Level.AD_GROUP;
        }
        if (columns.containsKey(Column.CAMPAIGN)) {
            return Level.CAMPAIGN;
        }
        throw new Unreadable(Unreadable.Why.HEAD);
    }

    private void lines(Iterator<CsvRecord> records, int width) throws Unreadable {
        while (records.hasNext()) {
            var row = records.next();
            if (row.getFields().stream().allMatch(String::isBlank)) {
                continue;
            }
            if (++rows > MAX_ROWS) {
                throw new Unreadable(Unreadable.Why.TOO_MANY_ROWS);
            }
            take(row, width);
        }
    }

    private void take(CsvRecord row, int width) {
        long line = row.getStartingLineNumber();
        if (row.getFieldCount() != width) {
            wrong.add(new Wrong(line, Wrong.Why.FIELDS, row.getFieldCount() + " / " + width));
            return;
        }
        var day = day(cell(row, Column.DAY));
        if (day.isEmpty()) {
            wrong.add(new Wrong(line, Wrong.Why.DAY, cell(row, Column.DAY)));
            return;
        }
        if (day.get().isAfter(today)) {
            wrong.add(new Wrong(line, Wrong.Why.DAY_OUT_OF_RANGE, cell(row, Column.DAY)));
            return;
        }
        var item = cell(row, Column.valueOf(level.name()));
        if (item.isEmpty()) {
            wrong.add(new Wrong(line, Wrong.Why.ITEM, ""));
            return;
        }
        numbers(row, line)
                .map(n -> new Counted(line, day.get(), items.apply(item), n.impressions(), n.clicks(), n.micros()))
                .ifPresent(one -> counted.merge(one.day() + "\n" + one.item(), one, Counted::plus));
    }

    private record Figures(OptionalLong impressions, OptionalLong clicks, OptionalLong micros) {}

    /// Empty when one of them is wrong, which is then noted.
    private Optional<Figures> numbers(CsvRecord row, long line) {
        var found = new ArrayList<OptionalLong>();
        for (var column : List.of(Column.IMPRESSIONS, Column.CLICKS, Column.COST)) {
            var text = cell(row, column);
            boolean cost = column == Column.COST;
            var number = cost ? Numerals.micros(text, decimalComma) : Numerals.count(text);
            if (number.isEmpty() && !text.isEmpty()) {
                wrong.add(new Wrong(line, cost ? Wrong.Why.COST : Wrong.Why.COUNT, text));
                return Optional.empty();
            }
            found.add(number);
        }
        if (found.stream().allMatch(OptionalLong::isEmpty)) {
            wrong.add(new Wrong(line, Wrong.Why.NO_NUMBER, ""));
            return Optional.empty();
        }
        return Optional.of(new Figures(found.get(0), found.get(1), found.get(2)));
    }

    private String cell(CsvRecord row, Column column) {
        var at = columns.get(column);
        return at == null ? "" : row.getField(at).strip();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(Numerals.latin(text).replace('/', '-').replace('.', '-')));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /// Days too far before the last one are lines that cannot be used.
    private Read done(List<String> head) {
        var last = counted.values().stream().map(Counted::day).max(LocalDate::compareTo);
        var kept = new ArrayList<Counted>();
        for (var one : counted.values()) {
            if (last.filter(l -> one.day().isBefore(l.minusDays(MAX_DAYS - 1L))).isPresent()) {
                wrong.add(new Wrong(
                        one.line(), Wrong.Why.DAY_OUT_OF_RANGE, one.day().toString()));
            } else {
                kept.add(one);
            }
        }
        var used = columns.values();
        var ignored = new ArrayList<String>();
        for (int i = 0; i < head.size(); i++) {
            if (!used.contains(i) && !head.get(i).isBlank()) {
                ignored.add(head.get(i).strip());
            }
        }
        wrong.sort(java.util.Comparator.comparingLong(Wrong::line));
        return new Read(level, rows, kept, wrong, ignored);
    }
}
