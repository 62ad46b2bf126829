package mizan.server.http;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an answer changed, for the audit log.
///
/// @param subject the id of what was changed
/// @param advertiser whose it is; empty when it is the platform's
/// @param before the fields that differ, as they were; empty for a new thing
/// @param after the same fields, as they are
public record Trace(String subject, Optional<String> advertiser, Optional<JsonNode> before, Optional<JsonNode> after) {}
