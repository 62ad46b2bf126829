@NullMarked
package mizan.server.viewers;

import org.jspecify.annotations.NullMarked;
