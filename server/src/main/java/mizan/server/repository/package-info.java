/// The public ad repository (DSA art. 39): every ad that was shown, on whose behalf, who paid, whom it was aimed at and
/// how many it reached, from its first showing until one year after its last. Read [Repository] first.
@NullMarked
package mizan.server.repository;

import org.jspecify.annotations.NullMarked;
