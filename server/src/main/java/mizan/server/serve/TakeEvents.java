package mizan.server.serve;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.receipt.AdEvent;
import mizan.core.traffic.InvalidTraffic;
import mizan.server.accounting.Tokens;
import mizan.server.journal.Journal;

/// Takes what readers' browsers report. An event is acknowledged when it would survive a power cut, never
/// before.
public final class TakeEvents {
    private final Tokens tokens;
    private final Journal journal;
    private final InstantSource time;
    private final Repeats repeats = new Repeats();

    public TakeEvents(Tokens tokens, Journal journal, InstantSource time) {
        this.tokens = tokens;
        this.journal = journal;
        this.time = time;
    }

    /// One report: an event and the token it came with.
    ///
    /// @param invalid why it is no reader's: it is kept, and neither counted nor charged
    public record Report(AdEvent.Kind kind, String token, Optional<InvalidTraffic> invalid) {
        /// What a reader did.
        public Report(AdEvent.Kind kind, String token) {
            this(kind, token, Optional.empty());
        }
    }

    /// Which reports carried a genuine token, in their order. Returns when all of those are durable.
    public List<Boolean> take(List<Report> reports) {
        var written = write(reports);
        journal.awaitDurable(written.end());
        return written.accepted();
    }

    /// Writes reports without waiting for the disk. Nothing may be acknowledged on this: it is for replayed
    /// traffic, which has nobody to acknowledge to.
    public void report(List<Report> reports) {
        write(reports);
    }

    private record Written(List<Boolean> accepted, long end) {}

    private Written write(List<Report> reports) {
        var accepted = new ArrayList<Boolean>(reports.size());
        long end = 0;
        for (var report : reports) {
            var token = tokens.parse(report.token());
            if (token.isPresent()) {
                // A repeat ends where the first ones did, before others of this batch.
                end = Math.max(end, append(token.get(), report));
            }
            accepted.add(token.isPresent());
        }
        return new Written(accepted, end);
    }

    /// The token of a click or pixel, once its event is durable; empty when the token is not genuine.
    public Optional<Tokens.Token> take(Report report) {
        var token = tokens.parse(report.token());
        token.ifPresent(t -> journal.awaitDurable(append(t, report)));
        return token;
    }

    /// What a genuine token says; it may be long expired.
    public Optional<Tokens.Token> read(String token) {
        return tokens.parse(token);
    }

    /// Whether this is a token of this engine.
    public boolean knows(String token) {
        return tokens.parse(token).isPresent();
    }

    /// Where the event ends in the journal; what was told very often already is not written again.
    private long append(Tokens.Token token, Report report) {
        var event = new AdEvent(token.impression(), report.kind(), time.instant(), report.invalid());
        return repeats.endOf(
                event,
                () -> journal.append(FactCodec.EVENT, FactCodec.event(event, token.decidedAt()))
                        .end());
    }
}
