package mizan.server.console.page;

import java.util.Locale;
import mizan.core.targeting.Criterion;
import mizan.server.console.words.Worded;

/// The kinds of facts that may have led to an ad. Its words name the fact as `{0}`.
public enum WhyKind implements Worded {
    TOPIC,
    LANGUAGE,
    COUNTRY,
    REGION,
    COMMUNITY,
    INTEREST,
    KEYWORD,
    AUTHOR,
    DEVICE,
    PLACEMENT,
    SEGMENT,
    AGE,
    EVERYONE;

    /// What an ad that is aimed by this criterion says of itself.
    public static WhyKind of(Criterion criterion) {
        return switch (criterion) {
            case COUNTRY -> COUNTRY;
            case REGION -> REGION;
            case LANGUAGE -> LANGUAGE;
            case DEVICE -> DEVICE;
            case PLACEMENT -> PLACEMENT;
            case TOPIC -> TOPIC;
            case COMMUNITY -> COMMUNITY;
            case AUTHOR -> AUTHOR;
            case KEYWORD -> KEYWORD;
            case SEGMENT -> SEGMENT;
            case AGE -> AGE;
            case INTEREST -> INTEREST;
        };
    }

    @Override
    public String wordKey() {
        return "why." + name().toLowerCase(Locale.ROOT);
    }
}
