/// The console: pages in Arabic and English, rendered on the server from plain view records.
///
/// Start with [mizan.server.console.Console]: one method a page, each a pure function of a frame, the
/// reader's words and a view record.
///
/// Addresses that the pages link and post to: `GET /desk` (`weeks`, `move`, `advertiser`, `format=csv`),
/// `GET /advertisers` and `GET /campaigns` (`q`, `advertiser`, `status`, `after`), `GET /campaigns/{id}`,
/// `POST /campaigns/{id}/pause|resume|raise` (`csrf`, `reason`, `budget`), `GET /ledger` (`account`,
/// `after`, `format=csv`), `GET /feed` (`viewer`, `slot`), `POST /feed/posts` (`csrf`, `text`), `GET
/// /why/{token}` and `POST` the same (`choice=hide_ad|hide_advertiser|show_again`), `GET /ads` (`q`, `advertiser`,
/// `country`,
/// `from`, `to`, `state`, `after`), `GET /ads/{id}`, `GET /docs`, `GET /assets/{file}`. Every page takes
/// `lang=en|ar` and `theme=light|dark`; the script also keeps the theme in a cookie named `theme`.
///
/// `page` holds the records, `words` the texts, `chart` the drawings. Nothing here reads a store or a clock.
@NullMarked
package mizan.server.console;

import org.jspecify.annotations.NullMarked;
