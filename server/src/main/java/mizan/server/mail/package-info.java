/// Letters to people by e-mail, over the operator's own SMTP server: off until `mail.json` names one.
///
/// Begin with [mizan.server.mail.Letters].
@NullMarked
package mizan.server.mail;

import org.jspecify.annotations.NullMarked;
