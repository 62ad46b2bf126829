package mizan.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads a JSON body and refuses all that two parsers could read in two ways (threat T16): duplicate keys,
/// trailing tokens, broken UTF-8, a byte order mark, lone surrogates, NUL; and all that costs more than it
/// says (T17).
public final class StrictJson {
    public static final int MAX_DEPTH = 32;
    public static final int MAX_STRING = 65_536;
    /// As long as the longest number that JavaScript writes, such as -0.0000010000000000000002.
    public static final int MAX_DIGITS = 25;
    private static final int MAX_NAME = 256;
    /// Of an answer with a few ads.
    private static final int USUAL_BYTES = 8_192;
    /// Where answers are written, used again; as many as there are processors that write at once.
    private static final ArrayBlockingQueue<ByteArrayOutputStream> WRITTEN = new ArrayBlockingQueue<>(16);
    private static final long MAX_TOKENS = 200_000;

    private static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_DIGITS)
                            .maxNameLength(MAX_NAME)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper WRITER = JsonMapper.builder().build();

    private StrictJson() {}

    /// The object in this body, or [Refused].
    public static ObjectNode object(byte[] body) {
        if (value(body) instanceof ObjectNode object) {
            return object;
        }
        throw Problem.of(ProblemCode.WRONG_TYPE, "a JSON object").at("").refused();
    }

    /// The value in this body, or [Refused].
    public static JsonNode value(byte[] body) {
        var text = utf8(body);
        JsonNode read;
        try {
            read = READER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw refused(ProblemCode.LIMIT_EXCEEDED, e, "depth 32, strings 65536, numbers 25 digits, names 256");
        } catch (JacksonException e) {
            boolean duplicate = e.getOriginalMessage().startsWith("Duplicate");
            throw refused(duplicate ? ProblemCode.DUPLICATE_KEY : ProblemCode.MALFORMED_JSON, e, "");
        }
        if (read == null || read.isMissingNode()) {
            throw Problem.of(ProblemCode.MALFORMED_JSON, "it is empty").refused();
        }
        // UTF-8 has no lone surrogates and JSON no bare controls: only an escape can bring them in.
        if (text.contains("\\u")) {
            refuseUnsafe(read);
        }
        return read;
    }

    /// Compact JSON text in UTF-8.
    public static byte[] bytes(JsonNode json) {
        return WRITER.writeValueAsBytes(json);
    }

    /// Compact JSON text in UTF-8, as it is written.
    static byte[] written(Consumer<JsonGenerator> json) {
        var free = WRITTEN.poll();
        var bytes = free == null ? new ByteArrayOutputStream(USUAL_BYTES) : free;
        try (var out = WRITER.createGenerator(bytes)) {
            json.accept(out);
        }
        var written = bytes.toByteArray();
        if (written.length <= USUAL_BYTES) {
            bytes.reset();
            WRITTEN.offer(bytes);
        }
        return written;
    }

    /// Reads what this server wrote itself, without the limits of a request.
    public static ObjectNode own(String json) {
        return (ObjectNode) WRITER.readTree(json);
    }

    private static Refused refused(ProblemCode code, JacksonException e, String limit) {
        var at = e.getLocation();
        var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.of(code, limit.isEmpty() ? where : limit + "; " + where).refused();
    }

    private static String utf8(byte[] body) {
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw Problem.of(ProblemCode.INVALID_ENCODING, "byte 0").refused();
        }
        var text = new String(body, StandardCharsets.UTF_8);
        // Whatever is malformed becomes this character. Who sent it as such is read again, with care.
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        var in = ByteBuffer.wrap(body);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemCode.INVALID_ENCODING, "byte " + in.position())
                    .refused();
        }
    }

    private static void refuseUnsafe(JsonNode root) {
        var open = new ArrayDeque<JsonNode>();
        open.add(root);
        while (!open.isEmpty()) {
            var node = open.removeLast();
            if (node.isString()) {
                refuseUnsafe(node.stringValue());
            }
            if (node instanceof ObjectNode object) {
                object.propertyNames().forEach(StrictJson::refuseUnsafe);
            }
            node.forEach(open::add);
        }
    }

    private static void refuseUnsafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw Problem.of(ProblemCode.UNSAFE_TEXT).refused();
            }
            if (pair) {
                i++;
            }
        }
    }
}
