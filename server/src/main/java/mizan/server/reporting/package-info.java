/// Reading what happened: spend, figures, entries, and the checks that anybody may repeat.
@org.jspecify.annotations.NullMarked
package mizan.server.reporting;
