package mizan.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
    /// Parts of texts whole and broken: ASCII, Arabic, an emoji, the replacement character itself, an overlong
    /// slash, a surrogate, a continuation without a beginning, a beginning without a continuation.
    private static final byte[][] PARTS = {
        {'a'},
        {'z', ' '},
        utf8("بحر"),
        utf8("😀"),
        utf8("\uFFFD"),
        utf8("é"),
        {(byte) 0xC0, (byte) 0xAF},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0x80},
        {(byte) 0xE0, (byte) 0xA4},
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    };

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givenAnyBytesInAText_whenItIsRead_thenItIsWhatAStrictDecoderReadsOrRefused() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var bytes = new ByteArrayOutputStream();
            bytes.write('"');
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes.writeBytes(PARTS[random.nextInt(random.nextBoolean() ? 6 : PARTS.length)]);
            }
            bytes.write('"');
            assertEquals(strict(bytes.toByteArray()), read(bytes.toByteArray()), "seed " + seed);
        }
    }

    @Test
    void givenAnEscapeThatMakesALoneSurrogateOrNul_thenItIsRefusedInValuesAndInNames() {
        for (var unsafe : new String[] {"\\ud800", "\\u0000", "a\\udc00b", "\\ud800\\u0041"}) {
            assertEquals(ProblemCode.UNSAFE_TEXT, refusal("{\"a\":[\"" + unsafe + "\"]}"));
            assertEquals(ProblemCode.UNSAFE_TEXT, refusal("{\"" + unsafe + "\":1}"));
        }
        assertEquals(Optional.of("\"😀\""), read(utf8("\"\\ud83d\\ude00\"")));
    }

    private static ProblemCode refusal(String json) {
        try {
            StrictJson.value(utf8(json));
        } catch (Refused refused) {
            return refused.problem().code();
        }
        throw new AssertionError(json + " was read");
    }

    private static Optional<String> read(byte[] json) {
        try {
            return Optional.of("\"" + StrictJson.value(json).stringValue() + "\"");
        } catch (Refused refused) {
            assertEquals(ProblemCode.INVALID_ENCODING, refused.problem().code());
            return Optional.empty();
        }
    }

    private static Optional<String> strict(byte[] json) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
