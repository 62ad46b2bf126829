/// Pictures of ads: taken only after a helper process has drawn them anew, kept under the hash of their bytes, and
/// removed when no creative names them any more. Start at [mizan.server.picture.Pictures].
@NullMarked
package mizan.server.picture;

import org.jspecify.annotations.NullMarked;
