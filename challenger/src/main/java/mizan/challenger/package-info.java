/// Boosted trees beside the built-in click model. Nothing is served from here.
@NullMarked
package mizan.challenger;

import org.jspecify.annotations.NullMarked;
