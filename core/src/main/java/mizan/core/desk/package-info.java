/// Judgements of the revenue desk that need only figures: is this many pauses unusual, what have those who
/// paused in common, and what will the coming weeks bring.
///
/// Start with [mizan.core.desk.BoycottAlarm] and [mizan.core.desk.Forecast].
@org.jspecify.annotations.NullMarked
package mizan.core.desk;
