/// Under which names viewers are written down, and how one is forgotten: no record holds a viewer's key, and once the
/// viewer is erased nothing leads from the key to the records any more. Read [Viewers] first.
@NullMarked
package mizan.server.viewers;

import org.jspecify.annotations.NullMarked;
