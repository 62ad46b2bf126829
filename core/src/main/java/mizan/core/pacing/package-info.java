/// Spreading a budget over its time by bidding less, not by leaving auctions out.
@org.jspecify.annotations.NullMarked
package mizan.core.pacing;
