package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Router router = new Router(List.of(
            route("GET", "/v1/things/{id}"),
            route("GET", "/v1/things/newest"),
            route("POST", "/v1/things"),
            route("GET", "/{kind}/things/{id}"),
            route("GET", "/v1/things/{id}/parts/{part}")));

    private static Route route(String method, String path) {
        var route = Route.get(path, method + " " + path, _ -> Answer.empty(200));
        return method.equals("POST") ? Route.post(path, route.operation(), route.handler()) : route;
    }

    private Optional<String> operation(String method, String path) {
        return router.find(method, path).map(found -> found.route().operation());
    }

    @Test
    void givenAFixedPathAndATemplateThatMatchesIt_thenTheFixedPathIsServed() {
        assertEquals(Optional.of("GET /v1/things/newest"), operation("GET", "/v1/things/newest"));
    }

    @Test
    void givenTwoTemplatesThatMatch_thenTheOneWithFewerParametersIsServed() {
        assertEquals(Optional.of("GET /v1/things/{id}"), operation("GET", "/v1/things/t_1"));
        assertEquals(Optional.of("GET /{kind}/things/{id}"), operation("GET", "/v2/things/t_1"));
    }

    @Test
    void givenParametersInThePath_thenTheyAreDecodedUnderTheirNames() {
        var found = router.find("GET", "/v1/things/a%2Fb/parts/").orElseThrow();
        assertEquals(Map.of("id", "a/b", "part", ""), found.parameters());
    }

    @Test
    void givenAPathOfAnotherMethod_thenItIsKnownButNotServed() {
        assertEquals(Optional.empty(), operation("GET", "/v1/things"));
        assertEquals(true, router.knows("/v1/things"));
        assertEquals(Optional.empty(), operation("DELETE", "/v1/things/t_1"));
        assertEquals(true, router.knows("/v1/things/t_1"));
        assertEquals(false, router.knows("/v1/nothing"));
        assertEquals(false, router.knows("/v1/things/" + "t_1/"));
    }

    @Test
    void givenAPercentSignWithoutDigitsInAParameter_thenTheRequestIsRefused() {
        assertThrows(Refused.class, () -> router.find("GET", "/v1/things/%zz"));
    }
}
