/// All that is known of an advertiser in a period, in one sealed file that a lawyer can read: who did what, when and
/// why; the terms in force; what was delivered, found, credited, disputed and invoiced; and the proofs. Start at
/// [mizan.server.evidence.EvidencePack].
@NullMarked
package mizan.server.evidence;

import org.jspecify.annotations.NullMarked;
