package mizan.server.console.page;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.core.transparency.Crowd;
import mizan.server.repository.Search;

/// The public ad repository: a search, its filters, what it found.
///
/// @param inAll      how many ads are on record
/// @param since      the first day on record; empty before the first ad
/// @param filter     what was searched for
/// @param countries  the countries to choose from, by ISO code with their name in the reader's language
/// @param stateCounts how many of all ads are in each state
/// @param found      how many the search found, one more than [#MOST_FOUND] when there are more
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
    /// More than so many are not counted.
    public static final int MOST_FOUND = Search.MOST_FOUND;

    public Repository {
        countries = List.copyOf(countries);
        stateCounts = Map.copyOf(stateCounts);
        ads = List.copyOf(ads);
    }

    /// What was searched for. Empty texts and lists mean any.
    ///
    /// @param words      words of the ad, an advertiser, a payer or an ad number
    /// @param advertiser an advertiser's id
    /// @param payer      the whole name
    /// @param country    an ISO code
    /// @param language   of readers, a BCP 47 tag
    /// @param aim        a targeting parameter
    public record Filter(
            String words,
            String advertiser,
            String payer,
            String country,
            String language,
            String aim,
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
    /// @param product    what is advertised, IAB Ad Product Taxonomy 2.0; empty if nobody said
    /// @param leadsTo    the address behind it
    /// @param onBehalfOf whose ad it is; empty if withheld
    /// @param payer      who paid; empty if withheld
    /// @param commercial whether it is a post of the feed itself
    /// @param shownFrom  the first showing
    /// @param shownUntil the last showing; empty while it runs
    /// @param timesShown how often it was shown
    /// @param reached    how many people saw it
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
            String product,
            String leadsTo,
            String onBehalfOf,
            String payer,
            boolean commercial,
            LocalDate shownFrom,
            Optional<LocalDate> shownUntil,
            Crowd timesShown,
            Crowd reached,
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
    public record Reach(String country, Crowd people) {}

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
    /// @param sealed empty until the next checkpoint covers its record
    public record Single(Ad ad, Optional<Sealed> sealed) {}

    /// Where a record stands in the public log.
    ///
    /// @param commitment the hash of its facts that the log holds
    public record Sealed(long position, String commitment) {}
}
