/// What Mizan costs: each benchmark prints its peer or its limit from the same run, and CPU time for each
/// operation.
///
/// Start with [mizan.bench.BenchCommand]; every other class is one benchmark or its workload.
@org.jspecify.annotations.NullMarked
package mizan.bench;
