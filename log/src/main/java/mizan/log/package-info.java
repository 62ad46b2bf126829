/// A transparency log as its operator writes it: entries into tiles, tiles into a root, the root into a signed
/// checkpoint. Start at [mizan.log.SealedLog].
///
/// After the C2SP specifications tlog-tiles, tlog-checkpoint, signed-note, tlog-cosignature and tlog-proof, over RFC
/// 6962 hashes. Who checks a log must not use this code: the verifier has its own.
@NullMarked
package mizan.log;

import org.jspecify.annotations.NullMarked;
