/// Whom and what an ad group wants to reach, and the index that finds the ad groups a request matches.
@org.jspecify.annotations.NullMarked
package mizan.core.targeting;
