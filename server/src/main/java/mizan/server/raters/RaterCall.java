package mizan.server.raters;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import mizan.log.Sha256;
import mizan.server.raters.OutsideRaters.Doors;
import mizan.server.raters.RaterForm.WrongAnswer;
import mizan.server.rating.KnownPost;
import mizan.server.reading.pull.Outbound.Unreachable;

/// One signed question to an outside rater, and its answer.
final class RaterCall {
    private RaterCall() {}

    static RaterForm.Said ask(OutsideRater rater, List<KnownPost> asked, Doors doors, InstantSource time)
            throws Unreachable, WrongAnswer {
        return RaterForm.said(rater.name(), asked, answer(rater, asked, doors, time), time.instant());
    }

    private static byte[] answer(OutsideRater rater, List<KnownPost> asked, Doors doors, InstantSource time)
            throws Unreachable, WrongAnswer {
        var body = RaterForm.question(asked);
        var headers = new HashMap<>(rater.secret().headers(id(asked), time.instant(), body));
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        var answer = doors.of(rater).post(rater.url(), headers, body, RaterForm.MAX_ANSWER, rater.deadline());
        return switch (answer.status()) {
            case 200 -> answer.body();
            // Said of what it was asked, not of itself.
            case 400, 413, 422 -> throw new WrongAnswer("status " + answer.status());
            default -> throw new Unreachable(rater.name() + ": status " + answer.status());
        };
    }

    /// The same posts have the same id, so a rater can tell a question that it has seen.
    private static String id(List<KnownPost> asked) {
        var posts = asked.stream().map(KnownPost::commitment).collect(Collectors.joining(" "));
        return "msg_" + Sha256.hex(posts).substring(0, 32);
    }
}
