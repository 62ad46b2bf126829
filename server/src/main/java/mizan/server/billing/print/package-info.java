/// Invoices as files that people open: tables for spreadsheets, and pages for printers.
@NullMarked
package mizan.server.billing.print;

import org.jspecify.annotations.NullMarked;
