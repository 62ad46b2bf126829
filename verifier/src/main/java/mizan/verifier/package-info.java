/// Checks what Mizan claims, without trusting Mizan: a log's tiles and signatures, what its receipts say, and the
/// invoice
/// that follows from them.
///
/// Written from the published formats alone. It shares no code with the server and needs nothing but Java, so that an
/// error or a lie there is not repeated here. Start at [mizan.verifier.PackCheck].
@NullMarked
package mizan.verifier;

import org.jspecify.annotations.NullMarked;
