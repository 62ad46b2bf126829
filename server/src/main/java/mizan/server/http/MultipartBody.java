package mizan.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What a form with files sends: `multipart/form-data` (RFC 7578). Files are texts here, so a file is a field like
/// any other: its name and what it claims to be are not looked at.
final class MultipartBody {
    static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 100;
    private static final int MAX_HEADERS = 1_000;
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=\"?([0-9A-Za-z'()+_,./:=?-]{1,70})\"?");
    private static final Pattern NAME =
            Pattern.compile("(?i)content-disposition: form-data; name=\"([^\"\r\n]{1,200})\"");

    private MultipartBody() {}

    /// Each field once; a repeated one, or a body that is cut, is refused.
    static Map<String, String> read(String contentType, byte[] body) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw refused("boundary");
        }
        // One char a byte, so that places in the text are places in the body.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var delimiter = "--" + boundary.group(1);
        if (!text.startsWith(delimiter)) {
            throw refused("boundary");
        }
        var fields = new LinkedHashMap<String, String>();
        int at = delimiter.length();
        while (!text.startsWith("--", at)) {
            int headers = text.indexOf(END_OF_HEADERS, at);
            int begin = headers + END_OF_HEADERS.length();
            int end = headers < 0 || headers - at > MAX_HEADERS ? -1 : text.indexOf("\r\n" + delimiter, begin);
            if (end < 0 || fields.size() == MAX_PARTS) {
                throw refused("multipart");
            }
            var name = NAME.matcher(text.substring(at, headers));
            if (!name.find()
                    || fields.put(name.group(1), new String(body, begin, end - begin, StandardCharsets.UTF_8))
                            != null) {
                throw refused("multipart");
            }
            at = end + 2 + delimiter.length();
        }
        return fields;
    }

    private static Refused refused(String what) {
        return Problem.of(ProblemCode.MALFORMED_REQUEST, what).refused();
    }
}
