/// The experiments on prediction, frequency, reach and experiments, each against its target and a baseline of the same
/// run. What each one does and where its target comes from: `docs/science/prediction.md`.
@org.jspecify.annotations.NullMarked
package mizan.bench.predict;
