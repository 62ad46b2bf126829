/// A market that follows from a seed: readers, posts, advertisers, outside demand, clicks, on a virtual clock.
///
/// [mizan.sim.market.Simulation] plays it through the real engine and reports; [mizan.sim.market.Arena] is one
/// auction after another without pages or neighbours, small enough to compare ways of pacing with the optimum
/// in hindsight.
@org.jspecify.annotations.NullMarked
package mizan.sim.market;
