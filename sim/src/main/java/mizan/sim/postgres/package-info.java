/// A real PostgreSQL server of one's own, to be killed, stopped and started again.
@org.jspecify.annotations.NullMarked
package mizan.sim.postgres;
