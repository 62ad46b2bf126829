/// The decision: which ads enter one feed, at which price, and why the others do not.
///
/// Start with `Decider`.
@org.jspecify.annotations.NullMarked
package mizan.core.decision;
