package mizan.server.reading;

import java.util.ArrayList;
import java.util.List;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;

/// What was found wrong in one post: errors that keep it from being read, and slips that do not.
final class Findings {
    private static final int MAX = 50;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final List<ReadPost.Tolerated> tolerated = new ArrayList<>();

    void refuse(String at, ProblemCode code, String... expected) {
        if (errors.size() < MAX) {
            errors.add(new Problem.FieldError(at, code, List.of(expected)));
        }
    }

    void tolerate(String at, String what) {
        var slip = new ReadPost.Tolerated(at, what);
        if (tolerated.size() < MAX && !tolerated.contains(slip)) { // a field may be looked at twice
            tolerated.add(slip);
        }
    }

    boolean sound() {
        return errors.isEmpty();
    }

    Reading broken() {
        return new Reading.Broken(errors);
    }

    List<ReadPost.Tolerated> tolerated() {
        return tolerated;
    }
}
