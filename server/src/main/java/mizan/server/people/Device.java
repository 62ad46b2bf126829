package mizan.server.people;

import java.time.Instant;

/// A browser that somebody has signed in with. Only the hash of its cookie is kept.
///
/// @param hash hex SHA-256 of the cookie
/// @param seenAt when they last signed in with it
public record Device(String hash, String person, Instant seenAt) {}
