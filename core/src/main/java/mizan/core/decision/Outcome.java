package mizan.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mizan.core.campaign.AdGroupId;

/// What became of one ad group in one decision, with the numbers behind it: the answer to "why did my ad not
/// run?".
public sealed interface Outcome {
    /// The stable code that the API, the console and the reports use.
    String code();

    /// @param afterPost the slot it won
    record Won(int afterPost, long priceMicros, long valueMicros, long boundMicros) implements Outcome {
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

    /// It needs interests, and the viewer has not agreed to their use.
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

    /// Its terms allow none of the free slots; the breach quoted is the one of the slot it valued most.
    record Excluded(Breach breach) implements Outcome {
        @Override
        public String code() {
            return breach.rule().code();
        }
    }

    record BelowFloor(long valueMicros, long floorMicros) implements Outcome {
        @Override
        public String code() {
            return "below_floor";
        }
    }

    /// @param by `advertiser` or `industry`
    record Separated(AdGroupId winner, String by) implements Outcome {
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
