/// What happens, told to programs of others: events over HTTP, signed as Standard Webhooks 1.0 says.
///
/// An event is found in what the engine keeps, never sent from where it happens, so that no fault loses one; each is
/// sent
/// until it arrives, for three days. Begin with [mizan.server.webhooks.Webhooks].
@NullMarked
package mizan.server.webhooks;

import org.jspecify.annotations.NullMarked;
