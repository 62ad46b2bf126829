/// Stores in memory that keep exactly what was committed.
@org.jspecify.annotations.NullMarked
package mizan.sim.store;
