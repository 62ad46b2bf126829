package mizan.server.billing;

import java.util.Optional;
import mizan.core.billing.TaxRate;

/// One side of an invoice.
///
/// @param name of the legal person
/// @param address as it is written on letters, lines apart
/// @param taxId the number under which it pays taxes; empty where it has none
/// @param rate of the operator: the tax on what is billed; of an advertiser: another rate for it alone
/// @param note said beside the tax, such as why there is none; may be empty
public record Party(String name, String address, String taxId, Optional<TaxRate> rate, String note) {
    /// Names the operator where an advertiser is named by its id.
    public static final String OPERATOR = "operator";
}
