/// How often a viewer has seen what: exact counts in rolling windows, so that a cap is a cap.
@org.jspecify.annotations.NullMarked
package mizan.core.frequency;
