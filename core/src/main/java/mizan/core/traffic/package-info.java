/// Traffic that nobody pays for: what is told by programs, before it is seen, or too often. It is marked, never
/// deleted.
@NullMarked
package mizan.core.traffic;

import org.jspecify.annotations.NullMarked;
