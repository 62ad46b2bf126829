/// An advertiser objects to what was billed; the platform answers within a time, and what is accepted is credited
/// by the showing, each at most once. Start at [mizan.server.disputes.Disputes].
@NullMarked
package mizan.server.disputes;

import org.jspecify.annotations.NullMarked;
