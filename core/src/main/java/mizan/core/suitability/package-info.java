/// What an ad may never stand beside: posts' verdicts, and advertisers' terms that judge them.
///
/// Start with [mizan.core.suitability.Terms].
@org.jspecify.annotations.NullMarked
package mizan.core.suitability;
