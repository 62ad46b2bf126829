package mizan.server.console.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What an advertiser does for a first campaign, in this order.
public enum GuideStep {
    BILLING,
    TERMS,
    CAMPAIGN,
    GROUP,
    CREATIVE,
    AD,
    START;

    /// As in addresses, and in the keys of its words: `guide.<code>`.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<GuideStep> of(String code) {
        return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
    }
}
