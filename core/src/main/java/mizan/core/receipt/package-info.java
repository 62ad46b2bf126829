/// What is written down about every ad shown: enough to bill it, to explain it and to decide it again.
///
/// Start with [mizan.core.receipt.DecisionRecord].
@org.jspecify.annotations.NullMarked
package mizan.core.receipt;
