/// Invoices and credit notes: issued once, numbered without gaps, each line leading to its receipts.
///
/// Read [Invoices] first. What a document covers is a place in the log, so nothing is billed twice or forgotten,
/// whatever is charged or credited late.
@NullMarked
package mizan.server.billing;

import org.jspecify.annotations.NullMarked;
