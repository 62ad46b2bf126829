/// Changes of the book against real and faulty stores.
@org.jspecify.annotations.NullMarked
package mizan.sim.booking;
