package mizan.server.http;

/// Stops a request with a problem. Thrown at the edge only; without a stack trace, because it is an answer.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Refused(Problem problem) {
        super(problem.code().text(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
