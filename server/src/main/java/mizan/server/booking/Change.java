package mizan.server.booking;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One version of one thing, as it is kept for ever.
///
/// @param revision counts all changes of the book from 1
/// @param verb what was done: `create`, `pause`, `resume`, `increase_budget`, `update_targeting`, ...
/// @param actor the key or person
/// @param why the reason given, or the empty text
/// @param body the whole thing after the change, without what is derived
public record Change(
        long revision, Kind kind, String id, String verb, String actor, String why, Instant at, ObjectNode body) {}
