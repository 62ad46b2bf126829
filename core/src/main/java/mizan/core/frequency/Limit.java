package mizan.core.frequency;

import mizan.core.campaign.FrequencyCap;

/// A frequency cap and what it counts.
///
/// @param scope the id of an ad, ad group or campaign, whose renders are counted
public record Limit(String scope, FrequencyCap cap) {}
