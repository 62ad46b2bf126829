package mizan.server.openrtb;

import java.util.Optional;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;

/// Bodies as senders pack them.
public final class Packed {
    private Packed() {}

    /// @param encoding the `Content-Encoding`; gzip is the only one that the standard names (2.6, section 2.4)
    /// @throws mizan.server.http.Refused when it cannot be unpacked, or is larger than this
    public static byte[] unpacked(byte[] body, Optional<String> encoding, int maxBytes) {
        return switch (encoding.orElse("identity").strip()) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> OpenRtbJson.unpacked(body, maxBytes);
            default ->
                throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "content-encoding: gzip")
                        .refused();
        };
    }
}
