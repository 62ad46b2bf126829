/// What ads changed: who was shown a campaign's ads or held back from them, what they did later, and the
/// difference.
///
/// Start at [mizan.server.lift.Lift].
@org.jspecify.annotations.NullMarked
package mizan.server.lift;
