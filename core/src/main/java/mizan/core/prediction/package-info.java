/// How likely a click is, from what happened before.
///
/// Read [mizan.core.prediction.ClickPredictor] first: a prior from counts ([mizan.core.prediction.BetaPrior]),
/// what the context adds ([mizan.core.prediction.ClickModel]), a correction for each placement
/// ([mizan.core.prediction.Calibration]), and a draw for ads that are hardly known.
///
/// One thread learns, any number read. Nothing here reads a clock or tosses a coin: time and seeds are given.
@org.jspecify.annotations.NullMarked
package mizan.core.prediction;
