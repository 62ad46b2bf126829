package mizan.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mizan.server.http.Problem;

/// What became of one thing that a server sent.
public sealed interface Reading {
    /// A public post.
    record Post(ReadPost post) implements Reading {}

    /// The post of this id was deleted, or is no longer shared.
    ///
    /// @param by who says so, where the form tells
    record Gone(String id, Optional<String> by, Optional<Instant> at) implements Reading {}

    /// A post that is not addressed to everybody: it is never context for an ad, and not read further.
    ///
    /// @param at JSON pointer to the field that says so
    record NotPublic(String id, Audience audience, String at) implements Reading {}

    /// Something that is no post and says nothing about one, such as a like.
    ///
    /// @param at JSON pointer to its type
    record NoPost(String type, String at) implements Reading {}

    /// A post of which something that is needed is missing or wrong.
    record Broken(List<Problem.FieldError> errors) implements Reading {
        public Broken {
            errors = List.copyOf(errors);
        }
    }
}
