package mizan.server.console.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mizan.server.console.words.Words;

/// An advertiser's way to the first campaign: what is done, and the form of one step.
///
/// @param fundsMicros what can be spent now
/// @param floorMicros below it no bid is taken, for 1,000 impressions; empty where there is no feed yet
/// @param done steps that need nothing more
/// @param open the step whose form is shown
/// @param missing what has to be done before it; empty when it can be done
/// @param form what stands in its fields, by their names
/// @param wrong fields that cannot be used
/// @param terms to choose from, by id
/// @param reasons why nothing is shown yet, as in `outcome.not_servable.*`; empty while it may be shown
/// @param samples how the creative looks in the feed, once for each language
public record Guide(
        String advertiser,
        String name,
        String payer,
        String currency,
        long fundsMicros,
        OptionalLong floorMicros,
        Set<GuideStep> done,
        GuideStep open,
        Optional<GuideStep> missing,
        Plan plan,
        Map<String, String> form,
        List<Wrong> wrong,
        Map<String, String> terms,
        List<String> reasons,
        List<Sample> samples) {
    public Guide {
        done = Set.copyOf(done);
        form = Map.copyOf(form);
        wrong = List.copyOf(wrong);
        terms = new LinkedHashMap<>(terms);
        reasons = List.copyOf(reasons);
        samples = List.copyOf(samples);
    }

    /// What stands in a field; empty when nothing does.
    public String value(String field) {
        return form.getOrDefault(field, "");
    }

    /// What is booked so far.
    ///
    /// @param campaign its id; empty before there is one
    /// @param atLeast impressions that the budget pays for at this bid, rounded down; empty where clicks are paid
    /// @param begun whether it was started, so that it is changed on its own page from then on
    public record Plan(
            String terms,
            Suitability preset,
            String campaign,
            String name,
            OptionalLong budgetMicros,
            long days,
            Optional<Bid> bid,
            OptionalLong atLeast,
            Optional<Text> headline,
            String ad,
            boolean begun) {}

    /// @param field whose words are `guide.field.*`
    /// @param problem whose words are `guide.wrong.*`
    /// @param detail what is wanted, as data; may be empty
    public record Wrong(String field, String problem, String detail) {}

    /// The creative between two posts, as readers of one language see it.
    ///
    /// @param posts those around it, the first one above; empty before the feed has any
    public record Sample(
            Words words,
            String advertiser,
            Text headline,
            Text body,
            Text action,
            Optional<Feed.Picture> picture,
            List<Feed.Card> cards,
            List<Post> posts) {
        public Sample {
            posts = List.copyOf(posts);
        }
    }

    public record Post(String author, Text text) {}

    /// Whose first campaign it may be.
    public record Choice(Map<String, String> advertisers, Map<String, String> form, List<Wrong> wrong) {
        public Choice {
            advertisers = new LinkedHashMap<>(advertisers);
            form = Map.copyOf(form);
            wrong = List.copyOf(wrong);
        }

        /// What stands in a field; empty when nothing does.
        public String value(String field) {
            return form.getOrDefault(field, "");
        }
    }
}
