/// Spreading a budget over its time by bidding less, not by leaving auctions out.
///
/// A [mizan.core.pacing.SpendPlan] says what a budget should have spent by when, from a forecast of
/// [mizan.core.pacing.Traffic]; every five minutes the [mizan.core.pacing.Pacer] turns what was spent into the
/// next [mizan.core.pacing.PaceState], whose multiplier shades every bid.
@org.jspecify.annotations.NullMarked
package mizan.core.pacing;
