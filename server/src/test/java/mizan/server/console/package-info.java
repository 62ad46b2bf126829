/// The console seen with invented data.
@NullMarked
package mizan.server.console;

import org.jspecify.annotations.NullMarked;
