package mizan.server.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mizan.core.receipt.AdEvent;
import mizan.core.traffic.Activity;
import mizan.core.traffic.ActivityRules;
import mizan.server.accounting.Fact;

/// Marks events of the journal that no reader sent, as far as that is seen only among other events. The journal stays
/// as it was written: the marks follow from it, and are found again whenever it is read.
final class JudgeActivity {
    private final Activity activity = new Activity(ActivityRules.STANDARD);
    private Optional<Judged> last = Optional.empty();

    /// Facts with their marks.
    ///
    /// @param late what was counted before, with these facts or with earlier ones, and is invalid
    record Judged(long from, List<Fact> facts, List<Activity.Late> late, long to) {}

    /// Facts that are to be folded. When that fails they are asked for again, by now perhaps more of them: those that
    /// were judged already come first, with the verdicts they had.
    Judged judge(long from, List<Fact> facts, long to) {
        var known = last.filter(judged -> judged.from() == from);
        if (known.isPresent()) {
            return known.get();
        }
        var marked = new ArrayList<Fact>(facts.size());
        var late = new ArrayList<Activity.Late>();
        facts.forEach(fact -> marked.add(judge(fact, late)));
        var judged = new Judged(from, marked, late, to);
        last = Optional.of(judged);
        return judged;
    }

    /// A fact that was folded before, with its mark.
    Fact again(Fact fact) {
        return judge(fact, new ArrayList<>());
    }

    private Fact judge(Fact fact, List<Activity.Late> late) {
        if (!(fact instanceof Fact.Happened(var position, var event, var decision))
                || event.invalid().isPresent()) {
            return fact;
        }
        var verdict = seen(event, decision).map(activity::judge);
        verdict.ifPresent(v -> late.addAll(v.late()));
        return verdict.flatMap(Activity.Verdict::invalid)
                .<Fact>map(reason -> new Fact.Happened(
                        position,
                        new AdEvent(event.impression(), event.kind(), event.at(), Optional.of(reason)),
                        decision))
                .orElse(fact);
    }

    private static Optional<Activity.Seen> seen(AdEvent event, Optional<Fact.Decided> decision) {
        return act(event.kind())
                .flatMap(act -> decision.map(Fact.Decided::record)
                        .flatMap(record -> record.impressions().stream()
                                .filter(impression -> impression.id().equals(event.impression()))
                                .findFirst()
                                .map(impression -> new Activity.Seen(
                                        record.viewer().key(),
                                        impression.id().value(),
                                        act,
                                        impression.servedAt(),
                                        event.at()))));
    }

    private static Optional<Activity.Act> act(AdEvent.Kind kind) {
        return switch (kind) {
            case RENDERED -> Optional.of(Activity.Act.RENDER);
            case VIEWABLE -> Optional.of(Activity.Act.VIEW);
            case CLICK -> Optional.of(Activity.Act.CLICK);
            case HIDE, HIDE_ADVERTISER, SHOW_AGAIN -> Optional.empty();
        };
    }
}
