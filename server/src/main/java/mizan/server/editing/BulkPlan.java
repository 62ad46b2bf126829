package mizan.server.editing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.campaign.AdvertiserId;
import mizan.server.api.GuardedBook;
import mizan.server.app.Engine;
import mizan.server.booking.Kind;
import mizan.server.editing.Columns.Wrong;
import mizan.server.http.Principal;
import mizan.server.http.Refused;
import mizan.server.http.Trace;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the lines of a file would do: a look at each, before any is carried out.
///
/// @param wrong why the file as a whole cannot be used; empty when it can
/// @param lines those that would change something, or cannot
/// @param unchanged how many lines say what is booked already
public record BulkPlan(Optional<Wrong> wrong, List<Line> lines, int unchanged) {
    public BulkPlan {
        lines = List.copyOf(lines);
    }

    /// A line of the file.
    ///
    /// @param number from 1, the head included
    /// @param name of what it is about; empty where it is about nothing
    /// @param look empty where there was nothing to look at
    public record Line(long number, String id, String name, Optional<Edits.Look> look, List<Wrong> wrong) {
        public Line {
            wrong = List.copyOf(wrong);
        }
    }

    /// What became of a plan.
    ///
    /// @param refused changed by somebody else since the look, or refused by the book
    /// @param trace of everything that was booked, for the audit log
    public record Done(int booked, int waits, int refused, Trace trace) {}

    /// Reads a file of an advertiser.
    ///
    /// @param language that names are shown in
    public static BulkPlan of(Engine engine, Edits edits, AdvertiserId advertiser, String text, String language) {
        try {
            var seen = new HashMap<String, Long>();
            var lines = new ArrayList<Line>();
            int unchanged = 0;
            for (var line : BulkFile.read(text)) {
                var looked = look(engine, edits, advertiser, line, language, seen);
                boolean same = looked.wrong().isEmpty()
                        && looked.look().filter(l -> l.differences().isEmpty()).isPresent();
                unchanged += same ? 1 : 0;
                if (!same) {
                    lines.add(looked);
                }
            }
            return new BulkPlan(Optional.empty(), lines, unchanged);
        } catch (BulkFile.Unreadable unreadable) {
            return new BulkPlan(Optional.of(unreadable.wrong()), List.of(), 0);
        }
    }

    private static Line look(
            Engine engine,
            Edits edits,
            AdvertiserId advertiser,
            BulkFile.Line line,
            String language,
            Map<String, Long> seen) {
        var id = line.cell(BulkFile.ID);
        var first = seen.putIfAbsent(id, line.number());
        if (first != null) {
            return bad(line, "", new Wrong(BulkFile.ID, "again", Long.toString(first)));
        }
        var kind = line.kind();
        var body = kind.flatMap(k -> engine.booking().body(k, id))
                .filter(b -> edits.owner(kind.orElseThrow(), id, b).equals(advertiser.value()));
        if (kind.isEmpty() || body.isEmpty()) {
            return bad(line, "", new Wrong(BulkFile.ID, "unknown", id));
        }
        var name = Edits.name(body.get().path("name"), language);
        var campaign =
                kind.get() == Kind.CAMPAIGN ? id : body.get().path("campaign").asString("");
        if (line.cells().containsKey(BulkFile.CAMPAIGN)
                && !line.cell(BulkFile.CAMPAIGN).equals(campaign)) {
            return bad(line, name, new Wrong(BulkFile.CAMPAIGN, "fixed", ""));
        }
        var foreign = foreign(kind.get(), line);
        if (foreign.isPresent()) {
            return bad(line, name, foreign.get());
        }
        var look = edits.look(kind.get(), id, line.cells());
        var wrong = new ArrayList<>(look.wrong());
        if (!look.differences().isEmpty() && !line.cell(BulkFile.VERSION).equals(look.version())) {
            wrong.add(new Wrong(BulkFile.VERSION, "newer", ""));
        }
        return new Line(line.number(), id, name, Optional.of(look), wrong);
    }

    /// A cell that is not empty, of a column that the kind has not got.
    private static Optional<Wrong> foreign(Kind kind, BulkFile.Line line) {
        var own = Columns.of(kind).stream().map(Column::name).toList();
        return line.cells().keySet().stream()
                .filter(name -> !List.of(BulkFile.ID, BulkFile.CAMPAIGN, BulkFile.VERSION)
                        .contains(name))
                .filter(name -> !own.contains(name) && !line.cell(name).isEmpty())
                .findFirst()
                .map(name -> new Wrong(name, "not_of_kind", line.cell(name)));
    }

    private static Line bad(BulkFile.Line line, String name, Wrong wrong) {
        return new Line(line.number(), line.cell(BulkFile.ID), name, Optional.empty(), List.of(wrong));
    }

    /// The lines that can be carried out.
    public List<Edits.Look> ready() {
        return lines.stream()
                .filter(line -> line.wrong().isEmpty())
                .flatMap(line -> line.look().stream())
                .filter(Edits.Look::canBeDone)
                .toList();
    }

    /// The lines that cannot, and why.
    public List<Line> bad() {
        return lines.stream().filter(line -> !line.wrong().isEmpty()).toList();
    }

    /// What more may be spent by all lines that can be carried out together.
    public Edits.Cost cost() {
        return ready().stream().map(Edits.Look::cost).reduce(Edits.Cost.NONE, Edits.Cost::plus);
    }

    /// Carries out what can be: each campaign or ad group wholly or not at all.
    public Done make(Edits edits, Principal who, AdvertiserId advertiser, String why) {
        var before = JsonNodeFactory.instance.objectNode();
        var after = JsonNodeFactory.instance.objectNode();
        int booked = 0;
        int waits = 0;
        int refused = 0;
        for (var look : ready()) {
            try {
                switch (edits.make(who, look, why)) {
                    case GuardedBook.Outcome.Done(var _, var trace) -> {
                        booked++;
                        trace.before().ifPresent(b -> before.set(look.id(), b));
                        trace.after().ifPresent(a -> after.set(look.id(), a));
                    }
                    case GuardedBook.Outcome.Waits(var _) -> waits++;
                }
            } catch (Refused _) {
                refused++;
            }
        }
        var trace =
                new Trace(advertiser.value(), Optional.of(advertiser.value()), Optional.of(before), Optional.of(after));
        return new Done(booked, waits, refused, trace);
    }
}
