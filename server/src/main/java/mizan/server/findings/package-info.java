/// What turns bad after an ad was shown: found, credited once, and told to the advertiser. Start at
/// [mizan.server.findings.Findings].
@NullMarked
package mizan.server.findings;

import org.jspecify.annotations.NullMarked;
