package mizan.server.http;

import java.util.Optional;
import java.util.function.Function;

/// Who receives people: knows them by their session, answers them with pages, and writes down what was done.
public interface Reception {
    /// A server that only programs call.
    Reception NONE = new Reception() {
        @Override
        public Optional<Visit> visit(Route route, Function<String, Optional<String>> headers) {
            return Optional.empty();
        }

        @Override
        public boolean isOurs(String origin) {
            return false;
        }

        @Override
        public Optional<Answer> confirm(Call call) {
            return Optional.empty();
        }

        @Override
        public Answer refused(Call call, Problem problem) {
            throw problem.refused();
        }

        @Override
        public void done(Call call, Answer answer) {}
    };

    /// A person who is signed in.
    ///
    /// @param csrf what every form of the session carries
    record Visit(Principal principal, String csrf) {}

    /// Who signed in; empty without a session that holds.
    ///
    /// @param route what is asked for
    /// @param headers a request header's first value by name
    Optional<Visit> visit(Route route, Function<String, Optional<String>> headers);

    /// Whether pages of this origin, such as `https://ads.example`, are served from here.
    boolean isOurs(String origin);

    /// What is answered instead when a session has to show again whose it is; empty when it did so lately.
    ///
    /// @throws Refused `confirmation_required` where no page can ask
    Optional<Answer> confirm(Call call);

    /// What a page that was refused shows.
    Answer refused(Call call, Problem problem);

    /// Writes down what a call changed.
    void done(Call call, Answer answer);
}
