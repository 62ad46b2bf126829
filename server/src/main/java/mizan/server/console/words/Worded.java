package mizan.server.console.words;

/// A value of the domain that has words in every language: a status, a movement, a reason.
public interface Worded {
    /// The key of its words in the bundles, such as `status.serving`.
    String wordKey();
}
