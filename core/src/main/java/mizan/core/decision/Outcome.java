package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mizan.core.campaign.AdGroupId;

/// What became of one ad group in one decision, with the numbers behind it: the answer to "why did my ad not
/// run?".
public sealed interface Outcome {
    /// The stable code that the API, the console and the reports use.
    String code();

    /// Values are per 1,000 renders, in micros.
    ///
    /// @param afterPost the slot it won
    /// @param priceMicros for the charging event
    /// @param valueMicros its value in this position
    /// @param boundMicros what it would have had to be worth at least: the reserve, what it costs the reader,
    ///     and what the others lose by its presence
    /// @param sumMicros W(N): what the page's ads of its tier are worth above the reserve
    /// @param sumWithoutMicros W(N\i): what they would have been worth without this advertiser
    /// @param displaced the ad groups that would have stood on the page in that case, and do not
    record Won(
            int afterPost,
            long priceMicros,
            long valueMicros,
            long boundMicros,
            long sumMicros,
            long sumWithoutMicros,
            List<AdGroupId> displaced)
            implements Outcome {
        public Won {
            displaced = List.copyOf(displaced);
        }

        @Override
        public String code() {
            return "won";
        }
    }

    /// @param criterion which part of the targeting did not fit, such as `country`
    record NotTargeted(String criterion) implements Outcome {
        @Override
        public String code() {
            return "not_targeted";
        }
    }

    /// @param reason a code of [mizan.core.campaign.Servability]
    record NotServable(String reason) implements Outcome {
        @Override
        public String code() {
            return "not_servable";
        }
    }

    record OutsideFlight(Instant start, Optional<Instant> end) implements Outcome {
        @Override
        public String code() {
            return "outside_flight";
        }
    }

    /// @param limit the budget that is spent, such as `campaign.daily`
    record BudgetSpent(String limit, long availableMicros, long neededMicros) implements Outcome {
        @Override
        public String code() {
            return "budget_spent";
        }
    }

    /// @param level `ad`, `ad_group` or `campaign`
    record FrequencyCapped(String level, int shown, int max, Duration window) implements Outcome {
        @Override
        public String code() {
            return "frequency_capped";
        }
    }

    /// @param multiplier its pace then, or, when it was not examined, what its pace was below: with it, its
    ///     bid would have met the floor
    record PacedOut(double multiplier) implements Outcome {
        @Override
        public String code() {
            return "paced_out";
        }
    }

    /// It needs interests, audiences or an age, and the viewer has not agreed to their use, or is not asked
    /// because of their age.
    record NoConsent() implements Outcome {
        @Override
        public String code() {
            return "no_consent";
        }
    }

    /// @param what `ad` or `advertiser`
    record HiddenByViewer(String what) implements Outcome {
        @Override
        public String code() {
            return "hidden_by_viewer";
        }
    }

    /// The seller of the slot wants none of its ads there.
    ///
    /// @param what `category`, `domain` or `format`: what the first of them meets; `viewability` when nobody could
    ///     tell whether the ad was seen
    record RefusedBySeller(String what) implements Outcome {
        @Override
        public String code() {
            return "refused_by_seller";
        }
    }

    /// Its terms allow none of the free slots; the breach quoted is the one of the slot it valued most.
    record Excluded(Breach breach) implements Outcome {
        @Override
        public String code() {
            return breach.rule().code();
        }
    }

    /// @param valueMicros what 1,000 renders are worth, less what they cost the reader; when it was not
    ///     examined, the most that they can be worth
    record BelowFloor(long valueMicros, long floorMicros) implements Outcome {
        @Override
        public String code() {
            return "below_floor";
        }
    }

    /// @param winner empty when the ad that it must keep away from was on the page before
    /// @param by `advertiser` or `industry`
    record Separated(Optional<AdGroupId> winner, String by) implements Outcome {
        @Override
        public String code() {
            return "separation";
        }
    }

    /// @param valueMicros its value; when not examined, the most that it can be worth
    /// @param examined false when enough others were worth more than it ever could be, so that its budget,
    ///     caps and pace were not even read
    record Outranked(long valueMicros, long winningMicros, boolean examined) implements Outcome {
        @Override
        public String code() {
            return "outranked";
        }
    }

    /// It may have won, and its campaign holds this viewer out, to learn what its ads change.
    ///
    /// @param afterPost the slot that it would have had; empty when others would have been worth more
    record HeldOut(OptionalInt afterPost) implements Outcome {
        @Override
        public String code() {
            return "held_out";
        }
    }

    /// The page is too short for any ad.
    record NoRoom(int posts) implements Outcome {
        @Override
        public String code() {
            return "no_room";
        }
    }

    /// It won, and in the meantime another decision took the last of its money, or the last showing that a cap of
    /// this viewer allows.
    record LostHold() implements Outcome {
        @Override
        public String code() {
            return "lost_hold";
        }
    }
}
