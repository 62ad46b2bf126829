/// How likely a click is, from what happened before.
@org.jspecify.annotations.NullMarked
package mizan.core.prediction;
