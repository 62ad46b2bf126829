/// The words of the console: every text a person reads, in Arabic and English, with numbers, money and dates
/// in one form.
///
/// Start with [mizan.server.console.words.Words]. Templates hold no text of their own, so a page cannot be
/// half translated.
@NullMarked
package mizan.server.console.words;

import org.jspecify.annotations.NullMarked;
