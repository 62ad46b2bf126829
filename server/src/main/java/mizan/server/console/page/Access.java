package mizan.server.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The pages about who may do what, and who did what.
public final class Access {
    private Access() {}

    /// A value of a list of choices.
    ///
    /// @param key   of its words; empty when `label` is shown
    /// @param label a name that somebody gave
    public record Choice(String value, String key, String label) {}

    /// Everybody, and the form that invites one more.
    ///
    /// @param link a link that was just made; empty otherwise
    /// @param roles those that the reader may give away
    public record People(List<PersonRow> rows, List<Choice> roles, List<Choice> advertisers, Optional<String> link) {
        public People {
            rows = List.copyOf(rows);
            roles = List.copyOf(roles);
            advertisers = List.copyOf(advertisers);
        }
    }

    /// One person.
    ///
    /// @param role of its words
    /// @param advertiser whose account it is; empty for the platform
    /// @param passkeys how many devices know them
    /// @param mayErase whether the reader may have them forgotten, who has left
    public record PersonRow(
            String id,
            String name,
            String login,
            String role,
            String advertiser,
            int passkeys,
            boolean secondFactor,
            int sessions,
            Instant since,
            Optional<Instant> removed,
            boolean mayRemove,
            boolean mayErase) {}

    /// API keys, and the form that makes one.
    ///
    /// @param text the text of a key that was just made; empty otherwise
    /// @param waits the request that has to be approved before it opens anything; empty when none
    public record Keys(
            List<KeyRow> rows,
            List<Choice> roles,
            List<Choice> advertisers,
            Optional<String> text,
            Optional<String> waits) {
        public Keys {
            rows = List.copyOf(rows);
            roles = List.copyOf(roles);
            advertisers = List.copyOf(advertisers);
        }
    }

    /// One key; never its text.
    ///
    /// @param prefix what every key of its kind begins with, such as `mz_live_`
    public record KeyRow(
            String id,
            String name,
            String prefix,
            List<String> scopes,
            String advertiser,
            Instant since,
            Optional<Instant> expires,
            Optional<Instant> revoked,
            boolean waiting,
            boolean mayRevoke) {
        public KeyRow {
            scopes = List.copyOf(scopes);
        }
    }

    /// What waits for a second person, what became of the rest, and the rules.
    public record Approvals(List<Request> waiting, List<Request> decided, List<RuleRow> rules, boolean mayRule) {
        public Approvals {
            waiting = List.copyOf(waiting);
            decided = List.copyOf(decided);
            rules = List.copyOf(rules);
        }
    }

    /// When something needs a second person.
    ///
    /// @param above only amounts above it; 0 for all, empty when the rule is off
    public record RuleRow(String kind, boolean byAmount, OptionalLong above) {}

    /// A change that waits, or what became of it.
    ///
    /// @param state  key of its words: `pending`, `applied`, ...
    /// @param advertiser whose it is; empty for the platform
    /// @param more   what more may be spent; 0 where no money moves, [Long#MAX_VALUE] without any limit
    /// @param currency of all amounts; empty without
    /// @param spent  what was spent and is held of it so far; empty where it is no budget
    /// @param why    the reason given
    /// @param hindrance key of why the reader cannot decide; empty when they can
    /// @param decision who decided and when; empty while it waits
    public record Request(
            String id,
            String kind,
            String state,
            String subject,
            String link,
            String name,
            String advertiser,
            List<Difference> differences,
            long more,
            String currency,
            OptionalLong spent,
            String asker,
            Instant askedAt,
            Instant until,
            String why,
            String hindrance,
            Optional<Decision> decision) {
        public Request {
            differences = List.copyOf(differences);
        }
    }

    /// One field that changes.
    ///
    /// @param name as the API writes it, such as `budget.total_micros`
    public record Difference(String name, Campaign.Value from, Campaign.Value to) {}

    /// Who decided.
    public record Decision(String name, Instant at, String note) {}

    /// The audit log.
    ///
    /// @param next where the next page begins; empty on the last
    public record Audit(List<ActRow> rows, Optional<String> next) {
        public Audit {
            rows = List.copyOf(rows);
        }
    }

    /// One act.
    public record ActRow(
            long sequence,
            Instant at,
            String actor,
            String name,
            String operation,
            String subject,
            String before,
            String after,
            String from) {}

    /// One's own account.
    ///
    /// @param problem key of what was wrong with the last change; empty when nothing was
    public record Own(
            String name,
            String login,
            String role,
            boolean hasPassword,
            SecondFactor secondFactor,
            List<PasskeyRow> passkeys,
            List<ProviderRow> providers,
            List<SessionRow> sessions,
            String challenge,
            String domain,
            Optional<String> problem) {
        public Own {
            passkeys = List.copyOf(passkeys);
            providers = List.copyOf(providers);
            sessions = List.copyOf(sessions);
        }
    }

    /// Another provider that may let somebody in.
    ///
    /// @param linked whether it does
    public record ProviderRow(String id, String name, String issuer, boolean linked) {}

    /// Codes beside the password.
    ///
    /// @param secret a new one, to be confirmed; empty when it is on
    /// @param codesLeft how many stand in for a lost device
    /// @param codes new ones, shown this once
    public record SecondFactor(boolean on, Optional<String> secret, int codesLeft, List<String> codes) {
        public SecondFactor {
            codes = List.copyOf(codes);
        }
    }

    /// A device that knows its person.
    public record PasskeyRow(String id, Instant made) {}

    /// A browser that is signed in.
    public record SessionRow(Instant since, Instant seen, String from, boolean current) {}
}
