/// What the pages show: plain records with typed fields, filled by whoever holds the stores.
///
/// Money is whole micros with an ISO code, moments are [java.time.Instant], days [java.time.LocalDate],
/// shares fractions of one. Codes are enums with words in both languages. One file a page; start with
/// [mizan.server.console.page.Frame].
@NullMarked
package mizan.server.console.page;

import org.jspecify.annotations.NullMarked;
