package mizan.server.openrtb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.http.Refused;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what other companies' programs send: as bounded as our own API and less particular, for a number with many
/// digits or a character cut in half is a habit of senders and no attack. Decimals stay decimals: prices are in them.
final class OpenRtbJson {
    private static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(200_000)
                            .maxNumberLength(100)
                            .maxNameLength(1_000)
                            .maxTokenCount(200_000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private OpenRtbJson() {}

    /// The body as it was before its sender packed it.
    ///
    /// @throws Refused when it is no gzip, or larger than this once unpacked
    static byte[] unpacked(byte[] body, int maxBytes) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, String.valueOf(maxBytes))
                        .refused();
            }
            return bytes;
        } catch (IOException _) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST, "gzip").refused();
        }
    }

    /// @throws Refused when it is no JSON, or two parsers could read it in two ways
    static JsonNode read(byte[] body) {
        return read(utf8(body));
    }

    static JsonNode read(String text) {
        JsonNode read;
        try {
            read = READER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, "depth 64, strings 200000, numbers 100 digits")
                    .refused();
        } catch (JacksonException e) {
            var at = e.getLocation();
            var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
            boolean duplicate = e.getOriginalMessage().startsWith("Duplicate");
            throw Problem.of(duplicate ? ProblemCode.DUPLICATE_KEY : ProblemCode.MALFORMED_JSON, where)
                    .refused();
        }
        if (read == null || read.isMissingNode()) {
            throw Problem.of(ProblemCode.MALFORMED_JSON, "it is empty").refused();
        }
        return read;
    }

    private static String utf8(byte[] body) {
        var in = ByteBuffer.wrap(body);
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw Problem.of(ProblemCode.INVALID_ENCODING, "byte " + in.position())
                    .refused();
        }
    }
}
