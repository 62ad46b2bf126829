/// Spreading a budget over its time: a multiplier on the bid, renewed every few minutes.
///
/// A lower bid buys the cheaper part of the traffic all day long; a campaign that is switched on and off
/// instead pays full price for a random part. Start with [mizan.core.pacing.Pacer].
@org.jspecify.annotations.NullMarked
package mizan.core.pacing;
