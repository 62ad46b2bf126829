/// Money that cannot drift: whole micros with a currency, every rounding named.
///
/// Start with [mizan.core.money.Money].
@org.jspecify.annotations.NullMarked
package mizan.core.money;
