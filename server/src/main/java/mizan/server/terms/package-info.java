/// What terms would do before anybody signs them. Start at [mizan.server.terms.DryRuns].
@org.jspecify.annotations.NullMarked
package mizan.server.terms;
