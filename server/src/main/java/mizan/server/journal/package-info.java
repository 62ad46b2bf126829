/// What happened, in order, on disk: decisions and events, each acknowledged only when it would survive a
/// power cut.
///
/// Start with [mizan.server.journal.Journal]. The bytes are described in `docs/formats/journal.md`.
@org.jspecify.annotations.NullMarked
package mizan.server.journal;
