package mizan.server.people;

import java.time.Instant;

/// Who somebody is to a provider of sign-ins.
///
/// @param issuer the provider, as it calls itself
/// @param subject never given to anybody else by this issuer; an address may be
public record Identity(String issuer, String subject, String person, Instant createdAt) {}
