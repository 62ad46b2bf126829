/// What the platform tells everybody of itself: how many ads, what went wrong, what was given back. Read [Trust] first.
@NullMarked
package mizan.server.transparency;

import org.jspecify.annotations.NullMarked;
