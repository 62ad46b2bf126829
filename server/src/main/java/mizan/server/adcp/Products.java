package mizan.server.adcp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mizan.core.campaign.ChargeBy;
import mizan.core.campaign.EntityStatus;
import mizan.core.campaign.Placement;
import mizan.server.adcp.Documents.Kind;
import tools.jackson.databind.node.ObjectNode;

/// Products are the placements of the feed, sold by auction and never guaranteed.
final class Products {
    /// What the standard's test requests name when they have not looked what there is.
    private static final Product TEST = new Product(
            "test-product",
            "A product for tests",
            "Only in the sandbox.",
            Optional.empty(),
            false,
            "social",
            List.of(testPrice("test-pricing"), testPrice("default")));

    private static Price testPrice(String id) {
        return new Price(id, "cpm", "USD", OptionalLong.of(5_000_000), OptionalLong.empty());
    }

    private Products() {}

    /// What can be bought.
    ///
    /// @param placement what it is shown in; absent for one that a test made, which any placement shows
    /// @param guaranteed only ever said by a test
    /// @param channel in the standard's words
    record Product(
            String id,
            String name,
            String description,
            Optional<String> placement,
            boolean guaranteed,
            String channel,
            List<Price> prices) {
        Product {
            prices = List.copyOf(prices);
        }

        Price price(String optionId) {
            return prices.stream()
                    .filter(p -> p.id().equals(optionId))
                    .findFirst()
                    .orElseThrow(() -> AdcpError.invalid("pricing_option_id", "no such option of " + id));
        }
    }

    /// How it is paid for.
    ///
    /// @param model `cpm`, `vcpm` or `cpc`
    /// @param fixedMicros where there is no auction
    /// @param floorMicros the least bid
    record Price(String id, String model, String currency, OptionalLong fixedMicros, OptionalLong floorMicros) {
        ChargeBy chargeBy() {
            return switch (model) {
                case "cpc" -> ChargeBy.CLICK;
                case "vcpm" -> ChargeBy.VIEWABLE_IMPRESSION;
                default -> ChargeBy.IMPRESSION;
            };
        }

        /// What is offered, in micros.
        long bid(Asked packageAsked) {
            var offered = packageAsked.money("bid_price");
            if (fixedMicros.isPresent()) {
                return fixedMicros.getAsLong();
            }
            long bid = offered.orElseThrow(
                    () -> AdcpError.invalid(packageAsked.where() + "bid_price", "is required: this is an auction"));
            if (bid < floorMicros.orElse(0)) {
                throw AdcpError.invalid(
                        packageAsked.where() + "bid_price", "at least " + Money.of(floorMicros.getAsLong()));
            }
            return bid;
        }
    }

    /// All that this agent may buy: the placements, then what its tests made.
    static List<Product> all(Sale sale) {
        var all = new ArrayList<Product>();
        sale.book().placements().values().stream()
                .filter(p -> p.status() == EntityStatus.ACTIVE)
                .sorted(Comparator.comparing(Placement::code))
                .forEach(p -> all.add(of(p)));
        if (sale.sandbox()) {
            all.add(TEST);
            sale.documents(Kind.PRODUCT, sale.agent()).forEach((id, made) -> all.add(made(id, made)));
        }
        return all;
    }

    static Product find(Sale sale, String id) {
        return all(sale).stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AdcpError("PRODUCT_NOT_FOUND", "no such product", "product_id"));
    }

    private static Product of(Placement placement) {
        var currency = placement.currency().getCurrencyCode();
        var floor = OptionalLong.of(placement.floorCpmMicros());
        var none = OptionalLong.empty();
        var surface = placement.surface().name().toLowerCase(java.util.Locale.ROOT);
        return new Product(
                placement.code(),
                placement.name().byLanguage().getOrDefault("en", placement.code()),
                "Native ads between the posts of the " + surface + ", sold by auction. Ads are labelled, name who paid,"
                        + " and stand only beside posts that the account's content standards allow.",
                Optional.of(placement.code()),
                false,
                "social",
                List.of(
                        new Price("cpm", "cpm", currency, none, floor),
                        new Price("vcpm", "vcpm", currency, none, floor),
                        new Price("cpc", "cpc", currency, none, OptionalLong.of(0))));
    }

    private static Product made(String id, ObjectNode made) {
        var prices = new ArrayList<Price>();
        made.path("pricing_options")
                .properties()
                .forEach(option -> prices.add(new Price(
                        option.getKey(),
                        option.getValue().path("pricing_model").asString("cpm"),
                        option.getValue().path("currency").asString("USD"),
                        micros(option.getValue().path("fixed_price").asDecimal(BigDecimal.ZERO)),
                        micros(option.getValue().path("floor_price").asDecimal(BigDecimal.ZERO)))));
        return new Product(
                id,
                made.path("name").asString(id),
                made.path("description").asString("Made by a test."),
                Optional.empty(),
                made.path("delivery_type").asString("").equals("guaranteed"),
                "social",
                prices);
    }

    private static OptionalLong micros(BigDecimal price) {
        return price.signum() <= 0
                ? OptionalLong.empty()
                : OptionalLong.of(price.movePointRight(6).longValue());
    }

    static ObjectNode list(Sale sale) {
        var filters = sale.asked.object("filters");
        var type = filters.flatMap(f -> f.optional("delivery_type"));
        var answer = Sale.node();
        var list = answer.putArray("products");
        for (var product : all(sale)) {
            var said = product.guaranteed() ? "guaranteed" : "non_guaranteed";
            if (!product.prices().isEmpty() && type.map(said::equals).orElse(true)) {
                describe(sale, list.addObject().put("delivery_type", said), product);
            }
        }
        return answer;
    }

    private static void describe(Sale sale, ObjectNode json, Product product) {
        json.put("product_id", product.id())
                .put("name", product.name())
                .put("description", product.description())
                .put("exclusivity", "none");
        json.putArray("channels").add(product.channel());
        json.putArray("publisher_properties")
                .addObject()
                .put("publisher_domain", domain(sale))
                .put("selection_type", "all");
        var formats = json.putArray("format_ids");
        Formats.all(sale).keySet().forEach(id -> Formats.name(sale, formats.addObject(), id));
        var prices = json.putArray("pricing_options");
        for (var price : product.prices()) {
            var option = prices.addObject()
                    .put("pricing_option_id", price.id())
                    .put("pricing_model", price.model())
                    .put("currency", price.currency());
            price.fixedMicros().ifPresent(p -> option.put("fixed_price", Money.of(p)));
            if (price.fixedMicros().isEmpty()) {
                option.put("floor_price", Money.of(price.floorMicros().orElse(0)));
            }
        }
        var reporting = json.putObject("reporting_capabilities");
        reporting.putArray("available_reporting_frequencies").add("daily");
        reporting.put("expected_delay_minutes", 0).put("timezone", "UTC").put("supports_webhooks", false);
        reporting
                .putArray("available_metrics")
                .add("impressions")
                .add("spend")
                .add("clicks")
                .add("ctr")
                .add("viewability");
        reporting.put("date_range_support", "date_range");
    }

    /// Where the feed is.
    static String domain(Sale sale) {
        return java.net.URI.create(sale.base()).getHost();
    }
}
