/// A disk that fails the way disks fail, from a seed.
@org.jspecify.annotations.NullMarked
package mizan.sim.disk;
