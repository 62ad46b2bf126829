/// Raters that run elsewhere and are asked over HTTP. Start at [OutsideRaters].
///
/// A post is unrated until each of them that reads its language has answered, so nothing here can make an ad
/// appear beside a post: a rater that is slow, wrong or dead only keeps ads away. The form of question and
/// answer is in `docs/formats/rater.md`.
@NullMarked
package mizan.server.raters;

import org.jspecify.annotations.NullMarked;
