@NullMarked
package mizan.server.oidc;

import org.jspecify.annotations.NullMarked;
