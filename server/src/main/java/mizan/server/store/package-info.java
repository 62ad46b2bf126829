/// The embedded engine: book, ledger and posts in SQLite files.
@org.jspecify.annotations.NullMarked
package mizan.server.store;
