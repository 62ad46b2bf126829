package mizan.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import mizan.log.Sha256;

/// What a form with files sends: `multipart/form-data` (RFC 7578). A file is a field like any other: its name and what
/// it claims to be are not looked at.
final class MultipartBody {
    static final String MEDIA_TYPE = "multipart/form-data";
    private static final int MAX_PARTS = 100;
    private static final int MAX_HEADERS = 1_000;
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=\"?([0-9A-Za-z'()+_,./:=?-]{1,70})\"?");
    private static final Pattern NAME =
            Pattern.compile("(?i)content-disposition: form-data; name=\"([^\"\r\n]{1,200})\"");

    private MultipartBody() {}

    /// Each field as text; one that is no text, such as a picture, as the hash of its content, so that the same form is
    /// known again.
    static Map<String, String> read(String contentType, byte[] body) {
        var texts = new LinkedHashMap<String, String>();
        parts(contentType, body).forEach((name, content) -> texts.put(name, text(content)));
        return texts;
    }

    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException _) {
            return "sha256 " + Sha256.hex(content);
        }
    }

    /// Each field once; a repeated one, or a body that is cut, is refused.
    static Map<String, byte[]> parts(String contentType, byte[] body) {
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
        var fields = new LinkedHashMap<String, byte[]>();
        int at = delimiter.length();
        while (!text.startsWith("--", at)) {
            int headers = text.indexOf(END_OF_HEADERS, at);
            int begin = headers + END_OF_HEADERS.length();
            int end = headers < 0 || headers - at > MAX_HEADERS ? -1 : text.indexOf("\r\n" + delimiter, begin);
            if (end < 0 || fields.size() == MAX_PARTS) {
                throw refused("multipart");
            }
            var name = NAME.matcher(text.substring(at, headers));
            if (!name.find() || fields.put(name.group(1), Arrays.copyOfRange(body, begin, end)) != null) {
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
