package mizan.server.editing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mizan.core.campaign.Advertiser;
import mizan.core.campaign.AdvertiserId;
import mizan.server.app.Engine;
import mizan.server.booking.Booking;
import mizan.server.booking.Kind;
import mizan.server.console.Csv;
import tools.jackson.databind.node.ObjectNode;

/// An advertiser's campaigns and ad groups as a file for spreadsheets (RFC 4180, UTF-8), one a line, and back.
///
/// The version of a line is that of the fields when the file was made, so that nobody's later change is undone by an
/// old file.
public final class BulkFile {
    /// So many campaigns and ad groups together.
    public static final int MAX_LINES = 2_000;

    /// Without it, spreadsheets take UTF-8 for something else.
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static final String ID = "id";
    static final String CAMPAIGN = "campaign";
    static final String VERSION = "version";
    private static final List<Kind> KINDS = List.of(Kind.CAMPAIGN, Kind.AD_GROUP);

    private BulkFile() {}

    /// The names of all columns, in the order of the file.
    static List<String> head() {
        var head = new LinkedHashSet<>(List.of(ID, CAMPAIGN, VERSION));
        KINDS.forEach(kind -> Columns.of(kind).forEach(column -> head.add(column.name())));
        return List.copyOf(head);
    }

    /// What is written of an advertiser: each campaign that is not archived, followed by its ad groups.
    public static String write(Engine engine, Advertiser advertiser) {
        var head = head();
        var zone = advertiser.timeZone();
        var text = new StringBuilder(BYTE_ORDER_MARK + Csv.line(head));
        things(engine, advertiser.id()).limit(MAX_LINES).forEach(thing -> {
            var cells = new LinkedHashMap<>(Columns.texts(thing.kind(), thing.body(), zone));
            cells.put(ID, thing.id());
            cells.put(CAMPAIGN, thing.campaign());
            cells.put(VERSION, Booking.version(thing.body()));
            text.append(Csv.line(
                    head.stream().map(name -> cells.getOrDefault(name, "")).toList()));
        });
        return text.toString();
    }

    private record Thing(Kind kind, String id, String campaign, ObjectNode body) {}

    private static Stream<Thing> things(Engine engine, AdvertiserId advertiser) {
        var booking = engine.booking();
        var book = booking.book();
        return book.campaigns().values().stream()
                .filter(c -> c.advertiser().equals(advertiser))
                .sorted(Comparator.comparing(c -> c.id()))
                .flatMap(campaign -> {
                    var id = campaign.id().value();
                    var groups = book.adGroups().values().stream()
                            .filter(g -> g.campaign().equals(campaign.id()))
                            .map(g -> g.id().value())
                            .sorted()
                            .map(g -> new Thing(
                                    Kind.AD_GROUP,
                                    g,
                                    id,
                                    booking.body(Kind.AD_GROUP, g).orElseThrow()));
                    var own = new Thing(
                            Kind.CAMPAIGN,
                            id,
                            id,
                            booking.body(Kind.CAMPAIGN, id).orElseThrow());
                    return Stream.concat(Stream.of(own), groups);
                })
                .filter(thing ->
                        !thing.body().path("entity_status").asString("").equals("ARCHIVED"));
    }

    /// A line as it was sent.
    ///
    /// @param number of the line in the file, from 1
    record Line(long number, Map<String, String> cells) {
        String cell(String name) {
            return cells.getOrDefault(name, "").strip();
        }

        /// What its id is of; empty where it is of nothing that such a file holds.
        Optional<Kind> kind() {
            return KINDS.stream()
                    .filter(kind -> cell(ID).startsWith(kind.prefix() + "_"))
                    .findFirst();
        }
    }

    /// Why a whole file cannot be used.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Columns.Wrong wrong;

        Unreadable(String problem, String detail) {
            super(problem, null, false, false);
            this.wrong = new Columns.Wrong("", problem, detail);
        }

        Columns.Wrong wrong() {
            return wrong;
        }
    }

    static List<Line> read(String text) throws Unreadable {
        var file = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (file.isBlank()) {
            throw new Unreadable("empty", "");
        }
        try (var csv = CsvReader.builder()
                .fieldSeparator(separator(file))
                .allowMissingFields(true)
                .ofCsvRecord(file)) {
            var records = csv.iterator();
            var head = records.next().getFields().stream().map(String::strip).toList();
            refuseHead(head);
            var lines = new ArrayList<Line>();
            while (records.hasNext()) {
                var record = records.next();
                if (record.getFields().stream().allMatch(String::isBlank)) {
                    continue;
                }
                if (lines.size() == MAX_LINES) {
                    throw new Unreadable("too_many", Integer.toString(MAX_LINES));
                }
                lines.add(new Line(record.getStartingLineNumber(), cells(head, record)));
            }
            return lines;
        } catch (CsvParseException | java.io.IOException broken) {
            throw new Unreadable("not_csv", "");
        }
    }

    private static void refuseHead(List<String> head) throws Unreadable {
        var known = head();
        for (var name : head) {
            if (!known.contains(name)) {
                throw new Unreadable("column", name);
            }
        }
        for (var name : List.of(ID, VERSION)) {
            if (!head.contains(name)) {
                throw new Unreadable("no_column", name);
            }
        }
        if (head.stream().distinct().count() < head.size()) {
            throw new Unreadable("twice", "");
        }
    }

    private static Map<String, String> cells(List<String> head, CsvRecord record) {
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < head.size() && i < record.getFieldCount(); i++) {
            cells.put(head.get(i), Csv.unguarded(record.getField(i)));
        }
        return cells;
    }

    /// Spreadsheets of some countries write semicolons.
    private static char separator(String file) {
        var head = file.lines().findFirst().orElse("");
        return head.contains(";") && !head.contains(",")
                ? ';'
                : head.contains("\t") && !head.contains(",") ? '\t' : ',';
    }
}
