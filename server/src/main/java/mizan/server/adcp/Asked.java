package mizan.server.adcp;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Arguments as they are read: what is not of its type is refused with its place.
///
/// @param where the place of these fields, such as `packages[1].`
record Asked(ObjectNode json, String where) {
    private static final int MOST = 200;
    private static final int MAX_TEXT = 4_000;
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000L);

    static Asked of(ObjectNode json) {
        return new Asked(json, "");
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> AdcpError.invalid(where + name, "is required"));
    }

    Optional<String> optional(String name) {
        return value(name).map(v -> {
            if (!v.isString() || v.stringValue().isEmpty() || v.stringValue().length() > MAX_TEXT) {
                throw AdcpError.invalid(where + name, "a text of 1 to " + MAX_TEXT + " characters");
            }
            return v.stringValue();
        });
    }

    Optional<Boolean> flag(String name) {
        return value(name).map(v -> {
            if (!v.isBoolean()) {
                throw AdcpError.invalid(where + name, "true or false");
            }
            return v.booleanValue();
        });
    }

    Optional<Integer> count(String name, int least, int most) {
        return value(name).map(v -> {
            if (!v.isIntegralNumber() || v.longValue() < least || v.longValue() > most) {
                throw AdcpError.invalid(where + name, least + " to " + most);
            }
            return v.intValue();
        });
    }

    /// An amount of money in whole units of its currency, as micros.
    Optional<Long> money(String name) {
        return value(name).map(v -> {
            if (!v.isNumber()
                    || v.decimalValue().signum() <= 0
                    || v.decimalValue().compareTo(MAX) > 0
                    || v.decimalValue().stripTrailingZeros().scale() > 6) {
                throw AdcpError.invalid(
                        where + name, "an amount above 0, at most " + MAX + ", with up to six decimals");
            }
            return v.decimalValue().multiply(MICROS).longValueExact();
        });
    }

    /// `asap` is now.
    Optional<Instant> time(String name, Instant now) {
        return optional(name).map(text -> {
            try {
                return text.equals("asap") ? now : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException _) {
                throw AdcpError.invalid(where + name, "a time such as 2026-12-01T00:00:00Z");
            }
        });
    }

    Optional<Asked> object(String name) {
        return value(name).map(v -> {
            if (v instanceof ObjectNode object) {
                return new Asked(object, where + name + ".");
            }
            throw AdcpError.invalid(where + name, "an object");
        });
    }

    List<Asked> objects(String name) {
        var all = new ArrayList<Asked>();
        var items = items(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof ObjectNode object) {
                all.add(new Asked(object, where + name + "[" + i + "]."));
            } else {
                throw AdcpError.invalid(where + name, "objects");
            }
        }
        return all;
    }

    List<String> texts(String name) {
        return items(name).stream()
                .map(v -> {
                    if (!v.isString() || v.stringValue().length() > MAX_TEXT) {
                        throw AdcpError.invalid(where + name, "texts");
                    }
                    return v.stringValue();
                })
                .toList();
    }

    private List<JsonNode> items(String name) {
        var list = value(name);
        if (list.isEmpty()) {
            return List.of();
        }
        if (!list.get().isArray() || list.get().size() > MOST) {
            throw AdcpError.invalid(where + name, "a list of at most " + MOST);
        }
        var all = new ArrayList<JsonNode>();
        list.get().forEach(all::add);
        return all;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(json.get(name)).filter(v -> !v.isNull());
    }
}
