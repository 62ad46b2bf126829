/// Requests that no reader sent, told by what they carry and where they come from.
@NullMarked
package mizan.server.traffic;

import org.jspecify.annotations.NullMarked;
