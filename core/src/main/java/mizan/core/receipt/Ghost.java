package mizan.core.receipt;

import mizan.core.campaign.AdId;

/// An ad that would have been shown and was kept back, because its reader belongs to the arm of an experiment that
/// does not see it. Comparing who saw it with who would have seen it tells what it brought.
///
/// @param afterPost the slot that it would have had
/// @param priceMicros what its charging event would have cost
/// @param experiment names the experiment, and `arm` the part of it that the reader belongs to
public record Ghost(int afterPost, AdId ad, long priceMicros, String experiment, String arm) {
    /// The arm of a campaign's holdout.
    public static final String HELD_OUT = "held_out";
}
