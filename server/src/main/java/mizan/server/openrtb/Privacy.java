package mizan.server.openrtb;

import com.iab.gpp.encoder.GppModel;
import com.iabtcf.decoder.TCString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// What a request's privacy signals allow. A profile is never made of a bid request; the one question is whether a
/// pseudonymous key may be kept, for frequency caps. In doubt it may not, and the ad is chosen by its surroundings
/// alone.
///
/// TCF 2.3 with disclosed vendors (section "DisclosedVendors", mandatory since March 2026), GPP, GPC, US Privacy,
/// COPPA,
/// `lmt`, `dnt`.
record Privacy(boolean mayKeepKey, String because) {
    /// Store and access information on a device; select basic ads; measure ad performance.
    private static final List<Integer> PURPOSES = List.of(1, 2, 7);

    private static final int EU_TCF = 2;
    private static final int US_PRIVACY = 6;
    private static final Set<String> GDPR_COUNTRIES = Set.of(
            "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS",
            "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK");

    /// 0 does not apply, 1 opted out, 2 did not (GPP, US sections).
    private static final Set<Object> NOT_OPTED_OUT = Set.of(0, 2);

    private static final List<String> US_OPT_OUTS = List.of("SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut");

    /// @param country ISO 3166-1 alpha-2
    /// @param vendor our number on the Global Vendor List; empty when the operator has none
    static Privacy of(BidRequest request, Optional<String> country, boolean globalControl, OptionalInt vendor) {
        var regs = request.sent().object("regs");
        var device = request.sent().object("device");
        var user = request.sent().object("user");
        if (regs.flag("coppa") || regs.object("ext").flag("coppa")) {
            return new Privacy(false, "coppa");
        }
        if (device.flag("lmt") || device.flag("dnt")) {
            return new Privacy(false, "device");
        }
        if (globalControl || regs.flag("gpc") || regs.object("ext").flag("gpc")) {
            return new Privacy(false, "gpc");
        }
        var gpp = gpp(regs);
        if (gpp.isPresent() && optedOut(gpp.get())) {
            return new Privacy(false, "gpp");
        }
        if (regs.textOrOld("us_privacy").filter(Privacy::mayHaveOptedOut).isPresent()) {
            return new Privacy(false, "us_privacy");
        }
        var gdpr = regs.numberOrOld("gdpr");
        boolean applies = gdpr.orElse(0) == 1
                || (gdpr.isEmpty() && country.map(GDPR_COUNTRIES::contains).orElse(true));
        if (!applies) {
            return new Privacy(true, "allowed");
        }
        var consent = user.textOrOld("consent").or(() -> gpp.flatMap(Privacy::euConsent));
        boolean agreed = vendor.isPresent()
                && consent.filter(c -> agrees(c, vendor.getAsInt())).isPresent();
        return agreed ? new Privacy(true, "consent") : new Privacy(false, "consent");
    }

    /// Whether the string is one of TCF 2.3 that tells this vendor it may: disclosed to the reader, and agreed to for
    /// every purpose that a cap needs.
    static boolean agrees(String consent, int vendor) {
        try {
            var decoded = TCString.decode(consent);
            return decoded.getVersion() == 2
                    && decoded.getDisclosedVendors().contains(vendor)
                    && decoded.getVendorConsent().contains(vendor)
                    && PURPOSES.stream()
                            .allMatch(purpose -> decoded.getPurposesConsent().contains(purpose));
        } catch (RuntimeException _) {
            return false; // Whatever it is, it is no consent.
        }
    }

    /// The GPP string where it is used: empty without one, unreadable as a model without sections that opted out of
    /// everything.
    private static Optional<Gpp> gpp(Sent regs) {
        var text = regs.textOrOld("gpp");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var list = regs.json().path("gpp_sid");
        var used = list.isMissingNode() ? regs.object("ext").numbers("gpp_sid") : regs.numbers("gpp_sid");
        try {
            var model = new GppModel(text.get());
            model.getSectionIds(); // Decoded here, where what is broken is caught.
            return Optional.of(new Gpp(Optional.of(model), used));
        } catch (RuntimeException _) {
            return Optional.of(new Gpp(Optional.empty(), used));
        }
    }

    /// @param model empty when the string cannot be read
    /// @param used the sections that apply
    private record Gpp(Optional<GppModel> model, List<Integer> used) {}

    private static boolean optedOut(Gpp gpp) {
        if (gpp.model().isEmpty()) {
            return true;
        }
        for (int section : gpp.used()) {
            boolean european = section == EU_TCF || section == -1 || section == 0;
            boolean old = section == US_PRIVACY;
            if (!european
                    && (old
                            ? oldOptOut(gpp.model().get())
                            : usOptOut(gpp.model().get(), section))) {
                return true;
            }
        }
        return false;
    }

    private static boolean oldOptOut(GppModel model) {
        try {
            return mayHaveOptedOut(model.encodeSection(US_PRIVACY));
        } catch (RuntimeException _) {
            return true;
        }
    }

    /// A section that is named and not there, or that we cannot read, may be an opt-out.
    private static boolean usOptOut(GppModel model, int section) {
        try {
            return !model.hasSection(section)
                    || US_OPT_OUTS.stream()
                            .filter(field -> model.hasField(section, field))
                            .anyMatch(field -> !NOT_OPTED_OUT.contains(model.getFieldValue(section, field)));
        } catch (RuntimeException _) {
            return true;
        }
    }

    private static Optional<String> euConsent(Gpp gpp) {
        return gpp.model()
                .filter(m -> gpp.used().contains(EU_TCF) && m.hasSection(EU_TCF))
                .flatMap(m -> {
                    try {
                        return Optional.of(m.encodeSection(EU_TCF));
                    } catch (RuntimeException _) {
                        return Optional.empty();
                    }
                });
    }

    /// `1YNN`: version, notice given, opted out, agreement of the sellers. Only a plain "did not" is one; `-` says that
    /// the law does not apply.
    private static boolean mayHaveOptedOut(String usPrivacy) {
        return usPrivacy.length() != 4 || IntStream.of('N', 'n', '-').noneMatch(c -> c == usPrivacy.charAt(2));
    }
}
