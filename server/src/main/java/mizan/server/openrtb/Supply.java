package mizan.server.openrtb;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.Fields;
import mizan.server.http.ProblemCode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the operator says of itself to the market, and which placements others may ask for ads.
///
/// @param domain the operator's own, which stands in `ads.txt` lines, chains and DSA notes as the advertising system's
/// @param baseUrl where browsers reach this server; empty to use the address that they called
/// @param seat names Mizan as a buyer
/// @param contact an e-mail address for `sellers.json` and `ads.txt`
/// @param vendor on the IAB's Global Vendor List (TCF); empty when there is none
/// @param completeChains whether requests without a complete supply chain get no bid
/// @param sellers who is paid (`sellers.json`)
/// @param adsTxt lines of other systems for `ads.txt`
/// @param appAdsTxt the same for `app-ads.txt`
/// @param offers the placements that may be asked for
public record Supply(
        String domain,
        Optional<String> baseUrl,
        String seat,
        Optional<String> contact,
        OptionalInt vendor,
        boolean completeChains,
        List<Seller> sellers,
        List<String> adsTxt,
        List<String> appAdsTxt,
        List<Offering> offers) {
    /// Nothing is offered.
    public static final Supply NONE = new Supply(
            "",
            Optional.empty(),
            "mizan",
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            List.of(),
            List.of());

    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    private static final Pattern SELLER = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    /// ads.txt 1.1: domain, account, relationship, and the certification authority's id.
    private static final Pattern RECORD =
            Pattern.compile("[a-z0-9.-]+ *, *[^,#;\\s]{1,100} *, *(DIRECT|RESELLER)( *, *[A-Za-z0-9]{1,64})?");

    private static final Pattern VARIABLE =
            Pattern.compile("(OWNERDOMAIN|MANAGERDOMAIN|CONTACT|SUBDOMAIN|INVENTORYPARTNERDOMAIN)=[^#\\s]{1,200}");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,100}@[a-z0-9.-]{1,200}");
    private static final int MAX_OFFERS = 1_000;

    public Supply {
        sellers = List.copyOf(sellers);
        adsTxt = List.copyOf(adsTxt);
        appAdsTxt = List.copyOf(appAdsTxt);
        offers = List.copyOf(offers);
    }

    /// Who is paid for a placement (sellers.json 1.0).
    ///
    /// @param confidential whether name and domain are left out
    public record Seller(String id, Type type, Optional<String> name, Optional<String> domain, boolean confidential) {
        /// As `seller_type` says it.
        public enum Type {
            PUBLISHER,
            INTERMEDIARY,
            BOTH
        }
    }

    /// One placement that may be asked for.
    ///
    /// @param placement its code or id
    /// @param origins whose pages may ask, such as `https://news.example`; `*` for any
    /// @param servers whether programs without a page may ask without a key
    /// @param perSecond auctions at most
    /// @param seller who is paid
    public record Offering(
            String placement, Set<String> origins, boolean servers, int perSecond, Optional<String> seller) {
        public Offering {
            origins = Set.copyOf(origins);
        }

        boolean admits(String origin) {
            return origins.contains("*") || origins.contains(origin);
        }
    }

    /// Whether pages of this origin may ask for anything.
    public boolean admits(String origin) {
        return offers.stream().anyMatch(o -> o.admits(origin));
    }

    /// Reads what an operator wrote; every mistake is collected in the fields.
    public static Supply read(Fields f) {
        var domain = checked(f, "domain", f.text("domain", 253).toLowerCase(Locale.ROOT), DOMAIN);
        var base = f.optionalText("base_url", 300).map(url -> checked(f, "base_url", url, ORIGIN));
        var seat = f.optionalText("seat", 60).orElse("mizan");
        var contact = f.optionalText("contact_email", 300).map(mail -> checked(f, "contact_email", mail, EMAIL));
        var vendor = f.optionalNumber("tcf_vendor", 1, 65_535);
        boolean chains = f.flag("complete_chains_only", false);
        var sellers =
                f.objects("sellers", MAX_OFFERS).stream().map(Supply::seller).toList();
        var ads = lines(f, "ads_txt");
        var apps = lines(f, "app_ads_txt");
        var ids = sellers.stream().map(Seller::id).collect(Collectors.toSet());
        if (ids.size() < sellers.size()) {
            f.error("sellers", ProblemCode.NOT_UNIQUE);
        }
        var offers = f.objects("offers", MAX_OFFERS).stream()
                .map(o -> offering(o, ids))
                .toList();
        if (offers.stream().map(Offering::placement).distinct().count() < offers.size()) {
            f.error("offers", ProblemCode.NOT_UNIQUE);
        }
        return new Supply(
                domain,
                base,
                seat,
                contact,
                vendor.isPresent() ? OptionalInt.of((int) vendor.getAsLong()) : OptionalInt.empty(),
                chains,
                sellers,
                ads,
                apps,
                offers);
    }

    private static Seller seller(Fields f) {
        var id = checked(f, "seller_id", f.text("seller_id", 100), SELLER);
        var type = f.choice("seller_type", Seller.Type.class, Seller.Type.PUBLISHER);
        var name = f.optionalText("name", 200);
        var domain = f.optionalText("domain", 253).map(d -> checked(f, "domain", d.toLowerCase(Locale.ROOT), DOMAIN));
        boolean confidential = f.flag("is_confidential", false);
        if (!confidential && name.isEmpty()) {
            f.error("name", ProblemCode.REQUIRED);
        }
        if (!confidential && domain.isEmpty()) {
            f.error("domain", ProblemCode.REQUIRED);
        }
        return new Seller(id, type, name, domain, confidential);
    }

    private static Offering offering(Fields f, Set<String> sellers) {
        var placement = f.text("placement", 60);
        var origins = new HashSet<String>();
        for (var origin : f.texts("origins", 100, 300)) {
            origins.add(origin.equals("*") ? origin : checked(f, "origins", origin.toLowerCase(Locale.ROOT), ORIGIN));
        }
        boolean servers = f.flag("servers_without_key", false);
        var perSecond = f.optionalNumber("per_second", 1, 10_000);
        var seller = f.optionalText("seller_id", 100);
        if (seller.filter(s -> !sellers.contains(s)).isPresent()) {
            f.error("seller_id", ProblemCode.UNKNOWN_REFERENCE);
        }
        return new Offering(placement, origins, servers, (int) perSecond.orElse(200), seller);
    }

    private static String checked(Fields f, String name, String value, Pattern pattern) {
        if (!value.isEmpty() && (!pattern.matcher(value).matches() || !isUri(value))) {
            f.error(name, ProblemCode.INVALID_VALUE, value);
        }
        return value;
    }

    private static boolean isUri(String value) {
        try {
            return !value.contains("://") || new URI(value).getHost() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static List<String> lines(Fields f, String name) {
        var lines = f.value(name).isEmpty()
                ? List.<String>of()
                : f.texts(name, 10_000, 400).stream().sorted().toList();
        lines.stream()
                .filter(l ->
                        !RECORD.matcher(l).matches() && !VARIABLE.matcher(l).matches())
                .forEach(l -> f.error(name, ProblemCode.INVALID_VALUE, l));
        return lines;
    }

    /// As it was read.
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("domain", domain).put("seat", seat);
        baseUrl.ifPresent(url -> json.put("base_url", url));
        contact.ifPresent(mail -> json.put("contact_email", mail));
        vendor.ifPresent(number -> json.put("tcf_vendor", number));
        json.put("complete_chains_only", completeChains);
        var list = json.putArray("sellers");
        for (var seller : sellers) {
            var one = list.addObject()
                    .put("seller_id", seller.id())
                    .put("seller_type", seller.type().name())
                    .put("is_confidential", seller.confidential());
            seller.name().ifPresent(name -> one.put("name", name));
            seller.domain().ifPresent(d -> one.put("domain", d));
        }
        var ads = json.putArray("ads_txt");
        adsTxt.forEach(ads::add);
        var apps = json.putArray("app_ads_txt");
        appAdsTxt.forEach(apps::add);
        var offered = json.putArray("offers");
        for (var offer : offers) {
            var one = offered.addObject().put("placement", offer.placement());
            var origins = one.putArray("origins");
            offer.origins().stream().sorted().forEach(origins::add);
            one.put("servers_without_key", offer.servers()).put("per_second", offer.perSecond());
            offer.seller().ifPresent(id -> one.put("seller_id", id));
        }
        return json;
    }

    /// `ads.txt` 1.1: our own sellers, then the lines of others.
    public String adsTxtFile() {
        return file(adsTxt);
    }

    /// The same for apps.
    public String appAdsTxtFile() {
        return file(appAdsTxt);
    }

    private String file(List<String> others) {
        var own = sellers.stream()
                .map(s ->
                        domain + ", " + s.id() + ", " + (s.type() == Seller.Type.INTERMEDIARY ? "RESELLER" : "DIRECT"));
        var variables = Stream.concat(
                Stream.of("OWNERDOMAIN=" + domain)
                        .filter(_ -> others.stream().noneMatch(l -> l.startsWith("OWNERDOMAIN="))),
                contact.map(mail -> "CONTACT=" + mail).stream());
        return domain.isEmpty()
                ? "# nothing is sold here\n"
                : Stream.of(variables, own, others.stream())
                        .flatMap(lines -> lines)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /// `sellers.json` 1.0.
    public ObjectNode sellersJson() {
        var json = JsonNodeFactory.instance.objectNode();
        contact.ifPresent(mail -> json.put("contact_email", mail));
        json.put("version", "1.0");
        var list = json.putArray("sellers");
        for (var seller : sellers) {
            var one = list.addObject()
                    .put("seller_id", seller.id())
                    .put("seller_type", seller.type().name());
            if (seller.confidential()) {
                one.put("is_confidential", 1);
            } else {
                seller.name().ifPresent(name -> one.put("name", name));
                seller.domain().ifPresent(d -> one.put("domain", d));
            }
        }
        return json;
    }

    /// The first node of the chain of each offer that names its seller (SupplyChain 1.0), as a page's own configuration
    /// wants it.
    public Optional<ObjectNode> chain(Offering offer) {
        return offer.seller().map(id -> {
            var json = JsonNodeFactory.instance.objectNode().put("complete", 1).put("ver", "1.0");
            json.putArray("nodes").addObject().put("asi", domain).put("sid", id).put("hp", 1);
            return json;
        });
    }
}
