package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an HTML form sends: `application/x-www-form-urlencoded` (WHATWG URL, section 5), or with files
/// [MultipartBody].
final class FormBody {
    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final int MAX_FIELDS = 100;

    private FormBody() {}

    /// Each field once; a repeated one is refused.
    static Map<String, String> read(String contentType, byte[] body) {
        return contentType.startsWith(MultipartBody.MEDIA_TYPE) ? MultipartBody.read(contentType, body) : read(body);
    }

    private static Map<String, String> read(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        var fields = new LinkedHashMap<String, String>();
        for (var pair : text.split("&", MAX_FIELDS + 1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && fields.size() < MAX_FIELDS) {
                var name = Router.decoded(pair.substring(0, equals));
                if (fields.put(name, Router.decoded(pair.substring(equals + 1))) != null) {
                    throw Problem.of(ProblemCode.MALFORMED_REQUEST, name).refused();
                }
            }
        }
        return fields;
    }
}
