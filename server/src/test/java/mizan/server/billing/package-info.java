@NullMarked
package mizan.server.billing;

import org.jspecify.annotations.NullMarked;
