package mizan.core.receipt;

import mizan.core.suitability.TermsId;

/// One signed version of an advertiser's terms: the one in force when an ad was placed.
public record TermsVersion(TermsId id, int version) {}
