/// Whom and what an ad group wants to reach, and the index that finds the ad groups a request matches.
///
/// A request that lacks a value never meets what asks for it and never trips what excludes it; of a viewer
/// who is a minor or has not agreed, there are no values that need consent. Start with
/// [mizan.core.targeting.Targeting], then [mizan.core.targeting.Audience]; the index is
/// [mizan.core.targeting.CompiledTargeting] over [mizan.core.targeting.BlockIndex].
@org.jspecify.annotations.NullMarked
package mizan.core.targeting;
