/// What another policy would have earned, judged from what this one logged.
///
/// Read [mizan.core.evaluation.OffPolicy] first.
@org.jspecify.annotations.NullMarked
package mizan.core.evaluation;
