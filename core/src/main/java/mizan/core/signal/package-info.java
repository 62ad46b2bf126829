/// What the news says of advertisers: who stopped, returned, raised, sued, praised or criticised, and when.
///
/// Promises that every signal rests on one sentence of the text, which it carries; that what a sentence
/// denies, asks, wishes or only imagines is set aside with the reason and never a signal; and that the same
/// text with the same names gives the same reading. It reads by rules and word lists in Arabic and English,
/// so it can be argued with: `docs/science/signals.md` lists what it misses. A person confirms each signal
/// before any figure knows it.
///
/// Start with [mizan.core.signal.NewsReader].
@org.jspecify.annotations.NullMarked
package mizan.core.signal;
