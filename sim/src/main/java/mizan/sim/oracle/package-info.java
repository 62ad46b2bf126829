/// Random feeds through the real rating, matching and deciding, and an oracle that knows what no ad may stand
/// beside without sharing any of their code. Start at [mizan.sim.oracle.RandomFeeds].
@org.jspecify.annotations.NullMarked
package mizan.sim.oracle;
