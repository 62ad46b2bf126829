package mizan.server.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The demo feed beside the record of how each slot was decided.
///
/// @param readersPerSecond what the simulator does now; empty if it rests
/// @param viewers          whom the feed can be seen as
/// @param items            posts, ads and empty slots, in the order of the feed
/// @param decision         the slot that the inspector shows; empty if none was asked for
/// @param call             the last call to the decision API; empty if there was none
/// @param examples         texts that show what happens beside them
public record Feed(
        OptionalInt readersPerSecond,
        List<Viewer> viewers,
        List<Item> items,
        Optional<Decision> decision,
        Optional<Call> call,
        List<Example> examples) {
    public Feed {
        viewers = List.copyOf(viewers);
        items = List.copyOf(items);
        examples = List.copyOf(examples);
    }

    /// A reader to look through the eyes of.
    ///
    /// @param id      the value of `?viewer=`
    /// @param about   who this is, such as «ريم · الرياض · العربية»
    /// @param current whether the feed is theirs now
    public record Viewer(String id, Text about, boolean current) {}

    /// One place in the feed.
    public sealed interface Item {}

    /// A post.
    ///
    /// @param age since it was written
    /// @param picture an address and its description; empty if there is none
    public record Post(
            String id,
            String author,
            String handle,
            Duration age,
            Text text,
            Optional<Picture> picture,
            int replies,
            int shares,
            int likes)
            implements Item {}

    /// A picture with words for those who cannot see it.
    ///
    /// @param address of the same origin
    /// @param width pixels, so that nothing moves when it comes
    /// @param caption what happens in one that moves; empty under one that does not
    public record Picture(String address, int width, int height, Text description, Optional<Text> caption) {}

    /// One of a carousel.
    public record Card(Picture picture, Text headline) {}

    /// A slot with an ad in it.
    ///
    /// @param slot       its number in the feed, from 1, as used in `?slot=`
    /// @param payer      who paid
    /// @param actionUrl  where the click goes: the server's own click address
    /// @param why        the page of this one showing; empty for a decision read from the journal
    /// @param because    why this reader sees it, one reason a line
    /// @param shownToday how often this reader has seen it today
    /// @param cap        the most a day; empty if uncapped
    /// @param impressionId names the impression
    public record Ad(
            int slot,
            String adId,
            String advertiserId,
            String advertiser,
            String payer,
            String impressionId,
            Text headline,
            Text body,
            Text action,
            String actionUrl,
            String why,
            Optional<Picture> picture,
            List<Card> cards,
            List<Why> because,
            int shownToday,
            OptionalInt cap)
            implements Item {
        private static final Pattern WEB_ADDRESS = Pattern.compile("(?:/|https?://)[!-~]*");

        public Ad {
            because = List.copyOf(because);
        }

        /// The address if it is a path here or a web address, else empty. Browsers skip line breaks in
        /// addresses, so that looking for a forbidden scheme is not enough.
        public String safeActionUrl() {
            return WEB_ADDRESS.matcher(actionUrl).matches() ? actionUrl : "";
        }
    }

    /// One reason for an ad.
    ///
    /// @param kind what kind of fact was used
    /// @param fact the fact itself, such as a topic, a language or a country; empty where the kind says all
    public record Why(WhyKind kind, String fact) {}

    /// A slot that stayed empty.
    ///
    /// @param candidates how many ads could have stood here
    /// @param topic      what they avoid; an empty text if the reason is another
    public record Empty(int slot, EmptyReason reason, int candidates, Text topic) implements Item {}

    /// How one slot was decided.
    ///
    /// @param id          the decision, such as `dec_9KQ2`
    /// @param slot        the slot number, from 1
    /// @param slots       how many slots the feed has, for the links between them
    /// @param took        how long the decision took; empty for one read from the journal
    /// @param currency    ISO code of all amounts
    /// @param above       id of the post above
    /// @param below       id of the post below
    /// @param candidates  the first of those considered
    /// @param considered  how many there were
    public record Decision(
            String id,
            int slot,
            int slots,
            Instant at,
            Optional<Duration> took,
            String currency,
            String above,
            String below,
            List<Candidate> candidates,
            int considered) {
        public Decision {
            candidates = List.copyOf(candidates);
        }
    }

    /// One ad that could have stood in the slot.
    ///
    /// @param valueMicros what showing it 1,000 times is worth: bid, expected clicks and pace; empty if it
    ///     dropped out before
    /// @param detail      a code that makes the outcome precise, such as `country` or `campaign_daily`;
    ///     empty if none
    /// @param fact        the word, author, topic or number behind the outcome, shown as data; empty if none
    /// @param paysMicros  what the winner pays for 1,000 impressions; empty for all others
    public record Candidate(
            String advertiser,
            String adId,
            Bid bid,
            OptionalLong valueMicros,
            Outcome outcome,
            String detail,
            String fact,
            OptionalLong paysMicros) {}

    /// A call to the decision API, as sent and as answered.
    public record Call(String line, String requestJson, String responseJson) {}

    /// A text to post with one press.
    public record Example(String value, Text text) {}
}
