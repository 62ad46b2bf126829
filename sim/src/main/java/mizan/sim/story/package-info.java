/// An invented community, its advertisers, and 26 weeks in which many of them leave and return; played
/// through the real engine.
///
/// Start with [mizan.sim.story.Story]. Everybody and everything in it is invented.
@org.jspecify.annotations.NullMarked
package mizan.sim.story;
