/// How likely a reader is to click, from what readers did before.
///
/// Start with [mizan.core.prediction.ClickRates].
@org.jspecify.annotations.NullMarked
package mizan.core.prediction;
