package mizan.server.oidc;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.server.http.Refused;
import mizan.server.http.StrictJson;
import mizan.server.reading.pull.Outbound;
import tools.jackson.databind.JsonNode;

/// Where a provider's endpoints are, as it says itself (OpenID Connect Discovery 1.0, section 4).
///
/// @param userInfo where it tells more of whoever shows an access token; empty where it does not
/// @param namesIssuer whether its answers name it (RFC 9207), so that one without a name is not its own
/// @param secretInBody whether the client's secret goes into the body, because the header is not taken
record Metadata(
        URI authorization, URI token, URI keys, Optional<URI> userInfo, boolean namesIssuer, boolean secretInBody) {
    private static final String PATH = "/.well-known/openid-configuration";

    static Metadata fetch(Provider provider, Outbound outbound) throws Untrusted {
        var issuer = provider.issuer().toString();
        var json = get(outbound, URI.create(issuer.replaceAll("/$", "") + PATH));
        if (!json.path("issuer").asString("").equals(issuer)) {
            throw new Untrusted(
                    provider + ": calls itself " + json.path("issuer").asString("nothing") + "; write its issuer so");
        }
        var ways = texts(json.path("token_endpoint_auth_methods_supported"));
        return new Metadata(
                address(provider, json, "authorization_endpoint"),
                address(provider, json, "token_endpoint"),
                address(provider, json, "jwks_uri"),
                json.has("userinfo_endpoint")
                        ? Optional.of(address(provider, json, "userinfo_endpoint"))
                        : Optional.empty(),
                json.path("authorization_response_iss_parameter_supported").asBoolean(false),
                ways.contains("client_secret_post") && !ways.contains("client_secret_basic"));
    }

    private static URI address(Provider provider, JsonNode json, String name) throws Untrusted {
        try {
            var address = URI.create(json.path(name).asString(""));
            if (provider.mayBeCalled(address)) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Said below, as of every other address that is none.
        }
        throw new Untrusted(provider + ": its " + name + " is no address that may be called");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(one -> texts.add(one.asString("")));
        return texts;
    }

    static JsonNode get(Outbound outbound, URI address) throws Untrusted {
        return get(outbound, address, Map.of("accept", "application/json"));
    }

    static JsonNode get(Outbound outbound, URI address, Map<String, String> headers) throws Untrusted {
        try {
            var fetched = outbound.get(address, headers);
            if (fetched.status() != 200) {
                throw new Untrusted(address + ": answered " + fetched.status());
            }
            return StrictJson.object(fetched.body());
        } catch (Outbound.Unreachable e) {
            throw new Untrusted(address + ": " + e.getMessage());
        } catch (Refused e) {
            throw new Untrusted(
                    address + ": answered what is no JSON (" + e.problem().code() + ")");
        }
    }
}
