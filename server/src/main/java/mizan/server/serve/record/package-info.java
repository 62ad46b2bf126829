/// The bytes of a decision, as `docs/formats/decision.md` describes them.
///
/// Start with [mizan.server.serve.record.DecisionCodec].
@org.jspecify.annotations.NullMarked
package mizan.server.serve.record;
