package mizan.server.pages;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.http.Call;

/// What the browser sends back.
final class Cookies {
    private Cookies() {}

    static Optional<String> of(Call call, String name) {
        return of(call.headers(), name);
    }

    static Optional<String> of(Function<String, Optional<String>> headers, String name) {
        return headers.apply("cookie")
                .flatMap(all -> Arrays.stream(all.split(";"))
                        .map(String::strip)
                        .filter(one -> one.startsWith(name + "="))
                        .map(one -> one.substring(name.length() + 1))
                        .findFirst());
    }
}
