/// How often one viewer has seen an ad: exact counts within rolling windows, so that a cap is a promise.
///
/// Start with [mizan.core.frequency.FrequencyCounts].
@org.jspecify.annotations.NullMarked
package mizan.core.frequency;
