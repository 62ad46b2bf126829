package mizan.server.console.page;

/// What a state means for the reader. Never shown by colour alone.
public enum Tone {
    GOOD,
    BAD,
    WARN,
    INFO,
    MUTE;

    /// The class in the style sheet.
    public String style() {
        return switch (this) {
            case GOOD -> "good";
            case BAD -> "bad";
            case WARN -> "warn";
            case INFO -> "info";
            case MUTE -> "mute";
        };
    }
}
