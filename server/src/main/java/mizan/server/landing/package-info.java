/// Whether what ads lead to is still what a person approved: looked at once when a creative is approved and daily from
/// then on. Start at [mizan.server.landing.Landings].
@NullMarked
package mizan.server.landing;

import org.jspecify.annotations.NullMarked;
