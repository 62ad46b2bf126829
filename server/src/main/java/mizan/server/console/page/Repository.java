package mizan.server.console.page;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The public ad repository: a search, its filters, what it found.
///
/// @param inAll      how many ads are on record
/// @param since      the first day on record; empty before the first ad
/// @param filter     what was searched for
/// @param countries  the countries to choose from, by ISO code with their name in the reader's language
/// @param stateCounts how many of all ads are in each state
/// @param found      how many the search found
/// @param ads        this page of them, newest first
/// @param next       the cursor of the next page; empty on the last
public record Repository(
        long inAll,
        Optional<LocalDate> since,
        Filter filter,
        List<Country> countries,
        Map<AdState, Long> stateCounts,
        long found,
        List<Ad> ads,
        Optional<String> next) {
    public Repository {
        countries = List.copyOf(countries);
        stateCounts = Map.copyOf(stateCounts);
        ads = List.copyOf(ads);
    }

    /// What was searched for. Empty texts and lists mean any.
    ///
    /// @param words      words of the ad, an advertiser, a payer or an ad number
    /// @param advertiser an advertiser's id
    /// @param country    an ISO code
    public record Filter(
            String words,
            String advertiser,
            String country,
            Optional<LocalDate> from,
            Optional<LocalDate> until,
            List<AdState> states) {
        public Filter {
            states = List.copyOf(states);
        }
    }

    /// A country to choose.
    public record Country(String code, String name) {}

    /// One ad on record.
    ///
    /// @param picture    the creative's picture; empty if it has none or is withheld
    /// @param onBehalfOf whose ad it is
    /// @param payer      who paid
    /// @param shownFrom  the first showing; empty if it never ran
    /// @param shownUntil the last showing; empty while it runs
    /// @param timesShown how often it was shown
    /// @param reached    how many people saw it; empty if nobody counts them
    /// @param byCountry  people reached by country, most first
    /// @param targeting  what it was aimed at; empty if it was shown to everyone
    /// @param excluding  what it was kept from
    /// @param removal    why the platform took it down; empty if it did not
    public record Ad(
            String id,
            String advertiserId,
            AdState state,
            Text headline,
            Text body,
            Optional<Feed.Picture> picture,
            String onBehalfOf,
            String payer,
            Optional<LocalDate> shownFrom,
            Optional<LocalDate> shownUntil,
            long timesShown,
            OptionalLong reached,
            List<Reach> byCountry,
            List<Aim> targeting,
            List<Aim> excluding,
            Optional<Removal> removal) {
        public Ad {
            byCountry = List.copyOf(byCountry);
            targeting = List.copyOf(targeting);
            excluding = List.copyOf(excluding);
        }
    }

    /// People reached in one country.
    public record Reach(String country, long people) {}

    /// One targeting criterion: its kind, and the values in the reader's language.
    public record Aim(WhyKind kind, List<String> values) {
        public Aim {
            values = List.copyOf(values);
        }
    }

    /// Why the platform took an ad down.
    public record Removal(LocalDate day, Text reason) {}

    /// The page of one ad.
    ///
    /// @param commitment hash of its creative and facts
    /// @param sealedAt   when that hash was sealed; empty until the next seal
    /// @param position   where its record stands in the log; empty until then
    public record Single(Ad ad, String commitment, Optional<Instant> sealedAt, OptionalLong position) {}
}
