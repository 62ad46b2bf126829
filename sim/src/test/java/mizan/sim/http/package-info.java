/// A server whose parts fail.
@org.jspecify.annotations.NullMarked
package mizan.sim.http;
