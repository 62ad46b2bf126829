package mizan.server.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What every page shows around its content.
///
/// @param path      the path of this page, such as `/campaigns/cmp_7Q2M9`
/// @param query     its parameters, kept when the reader changes language or period; `lang` and `theme` are
///     left out
/// @param theme     the reader's choice; AUTO follows the device
/// @param workspace the name of the community
/// @param testMode  whether a badge says that this is test data
/// @param person    who is signed in; empty on public pages
/// @param advertisers how many there are, for the rail; empty shows none
/// @param campaigns how many there are, for the rail; empty shows none
/// @param seal      the newest sealed batch; empty before the first
/// @param may   what the reader may do, as scopes such as `book:write`: nothing else is offered
/// @param said  the key of what the last form did, shown once above the page; empty without
/// @param csrf      the token that every form posts as `csrf`; empty where no form posts
/// @param once      what a form posts as `once` that must do its work once, however often it is sent
public record Frame(
        String path,
        Map<String, String> query,
        Theme theme,
        String workspace,
        boolean testMode,
        Optional<Person> person,
        OptionalInt advertisers,
        OptionalInt campaigns,
        Optional<Seal> seal,
        Set<String> may,
        Optional<String> said,
        String csrf,
        String once) {
    public Frame {
        may = Set.copyOf(may);
        var kept = new LinkedHashMap<>(query);
        kept.remove("lang");
        kept.remove("theme");
        kept.remove("digits");
        kept.remove("calendar");
        kept.remove("said");
        query = Collections.unmodifiableMap(kept);
    }

    /// Light, dark, or as the device says.
    public enum Theme {
        AUTO,
        LIGHT,
        DARK
    }

    /// Who is signed in.
    public record Person(String name, String initials, String role) {}

    /// The newest sealed batch.
    ///
    /// @param at   when it was sealed
    /// @param root its root hash, shortened for show
    public record Seal(Instant at, String root) {}

    /// The same frame with one more parameter, which the links of the page then keep.
    public Frame with(String name, String value) {
        var more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Frame(
                path, more, theme, workspace, testMode, person, advertisers, campaigns, seal, may, said, csrf, once);
    }

    /// The address of this page with one parameter set and the others kept. An empty value removes it.
    public String link(String name, String value) {
        var parameters = new LinkedHashMap<>(query);
        if (value.isEmpty()) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }
        if (parameters.isEmpty()) {
            return path;
        }
        return path
                + parameters.entrySet().stream()
                        .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
