package mizan.server.console.page;

import java.util.Locale;
import mizan.server.console.words.Worded;

/// The kinds of facts that may have led to an ad. Its words name the fact as `{0}`.
public enum WhyKind implements Worded {
    TOPIC,
    LANGUAGE,
    COUNTRY,
    COMMUNITY,
    INTEREST,
    KEYWORD,
    DEVICE,
    PLACEMENT,
    SEGMENT,
    AGE,
    EVERYONE;

    @Override
    public String wordKey() {
        return "why." + name().toLowerCase(Locale.ROOT);
    }
}
