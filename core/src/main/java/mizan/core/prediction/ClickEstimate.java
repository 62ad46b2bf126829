package mizan.core.prediction;

/// How likely one ad is clicked when it is rendered in the first position.
///
/// @param mean what is expected; what a reader's click is priced by, (0, [ClickPredictor#MAX_RATE]]
/// @param sample what ads are ranked by: a draw for an ad that is hardly known, so that it gets its chance,
///     the mean for all others
public record ClickEstimate(double mean, double sample) {}
