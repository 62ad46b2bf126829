/// What makes claims checkable by others: receipts of what was billed, sealed in a public log, and packs of them.
///
/// Start at [mizan.server.proof.Sealing]. The formats are in `docs/formats/receipt.md` and `docs/formats/pack.md`; the
/// verifier is a module of its own that knows nothing of this package.
@NullMarked
package mizan.server.proof;

import org.jspecify.annotations.NullMarked;
