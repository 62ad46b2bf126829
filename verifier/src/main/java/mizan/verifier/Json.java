package mizan.verifier;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One value of a JSON text, as receipts use it: integers only, no name twice, nothing behind the value.
///
/// @param value a String, Long, Boolean, List or Map of Json, or nothing
record Json(Object value) {
    private enum Nothing {
        NULL
    }

    private static final int MAX_DEPTH = 16;

    static Json read(byte[] utf8, int from, int to) throws Unreadable {
        return new Reader(utf8, from, to).document();
    }

    static Json read(String text) throws Unreadable {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    boolean isNull() {
        return value == Nothing.NULL;
    }

    Json get(String name) throws Unreadable {
        if (value instanceof Map<?, ?> map && map.get(name) instanceof Json found) {
            return found;
        }
        throw new Unreadable("there is no \"" + name + "\"");
    }

    Optional<Json> present(String name) throws Unreadable {
        var found = get(name);
        return found.isNull() ? Optional.empty() : Optional.of(found);
    }

    Json at(int index) throws Unreadable {
        var items = list();
        if (index >= items.size()) {
            throw new Unreadable("a list has " + items.size() + " items, " + (index + 1) + " are needed");
        }
        return items.get(index);
    }

    @SuppressWarnings("unchecked") // The reader makes lists of nothing else.
    List<Json> list() throws Unreadable {
        if (value instanceof List<?> list) {
            return (List<Json>) list;
        }
        throw new Unreadable("a list is expected, not " + this);
    }

    @SuppressWarnings("unchecked") // The reader makes maps of nothing else.
    Map<String, Json> map() throws Unreadable {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Json>) map;
        }
        throw new Unreadable("an object is expected, not " + this);
    }

    List<String> texts() throws Unreadable {
        var texts = new ArrayList<String>();
        for (var item : list()) {
            texts.add(item.text());
        }
        return texts;
    }

    String text() throws Unreadable {
        if (value instanceof String text) {
            return text;
        }
        throw new Unreadable("a text is expected, not " + this);
    }

    String text(String name) throws Unreadable {
        return get(name).text();
    }

    long number() throws Unreadable {
        if (value instanceof Long number) {
            return number;
        }
        throw new Unreadable("a number is expected, not " + this);
    }

    long number(String name) throws Unreadable {
        return get(name).number();
    }

    /// A number that lies in the range that its format gives it: nothing that follows from it can overflow.
    long number(long least, long most) throws Unreadable {
        long number = number();
        if (number < least || number > most) {
            throw new Unreadable("a number is out of range: " + number);
        }
        return number;
    }

    int count(String name) throws Unreadable {
        return get(name).count();
    }

    /// A count of at most so many.
    int count(String name, int most) throws Unreadable {
        return (int) get(name).number(0, most);
    }

    /// A number that counts something in a page: 0 to 2^31 - 1.
    int count() throws Unreadable {
        long number = number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new Unreadable("a count is out of range: " + number);
        }
        return (int) number;
    }

    OptionalLong limit(String name) throws Unreadable {
        var found = get(name);
        return found.isNull() ? OptionalLong.empty() : OptionalLong.of(found.number());
    }

    boolean flag() throws Unreadable {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new Unreadable("true or false is expected, not " + this);
    }

    @Override
    public String toString() {
        return Hashes.shortened(value == Nothing.NULL ? "null" : value.toString());
    }

    private static final class Reader {
        private final byte[] in;
        private final int end;
        private int at;

        Reader(byte[] in, int from, int to) {
            this.in = in;
            this.at = from;
            this.end = to;
        }

        Json document() throws Unreadable {
            var value = value(0);
            if (at != end) {
                throw wrong();
            }
            return value;
        }

        private Json value(int depth) throws Unreadable {
            if (depth > MAX_DEPTH || at >= end) {
                throw wrong();
            }
            return switch (in[at]) {
                case '{' -> object(depth);
                case '[' -> array(depth);
                case '"' -> new Json(string());
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", Nothing.NULL);
                default -> new Json(integer());
            };
        }

        private Json word(String word, Object meaning) throws Unreadable {
            for (int i = 0; i < word.length(); i++) {
                expect(word.charAt(i));
            }
            return new Json(meaning);
        }

        private Json object(int depth) throws Unreadable {
            var map = new LinkedHashMap<String, Json>();
            expect('{');
            if (next('}')) {
                return new Json(map);
            }
            do {
                var name = string();
                expect(':');
                if (map.put(name, value(depth + 1)) != null) {
                    throw new Unreadable("\"" + name + "\" is there twice");
                }
            } while (next(','));
            expect('}');
            return new Json(map);
        }

        private Json array(int depth) throws Unreadable {
            var list = new ArrayList<Json>();
            expect('[');
            if (next(']')) {
                return new Json(list);
            }
            do {
                list.add(value(depth + 1));
            } while (next(','));
            expect(']');
            return new Json(list);
        }

        private long integer() throws Unreadable {
            int from = at;
            if (at < end && in[at] == '-') {
                at++;
            }
            int digits = at;
            while (at < end && in[at] >= '0' && in[at] <= '9') {
                at++;
            }
            if (at == digits || at - digits > 18 || (in[digits] == '0' && at - from > 1)) {
                throw wrong();
            }
            return Long.parseLong(new String(in, from, at - from, StandardCharsets.US_ASCII));
        }

        private String string() throws Unreadable {
            expect('"');
            int from = at;
            while (at < end && in[at] != '"' && in[at] != '\\' && (in[at] < 0 || in[at] >= ' ')) {
                at++;
            }
            if (at < end && in[at] == '"') {
                return utf8(from, at++);
            }
            var text = new StringBuilder(utf8(from, at));
            while (at < end && in[at] == '\\') {
                at++;
                text.append(escaped());
                int more = at;
                while (at < end && in[at] != '"' && in[at] != '\\' && (in[at] < 0 || in[at] >= ' ')) {
                    at++;
                }
                text.append(utf8(more, at));
            }
            expect('"');
            return text.toString();
        }

        /// Bytes that are no UTF-8 would all read as the one replacement character.
        private String utf8(int from, int to) throws Unreadable {
            var text = new String(in, from, to - from, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0
                    && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(in, from, to))) {
                throw new Unreadable("not UTF-8");
            }
            return text;
        }

        private char escaped() throws Unreadable {
            if (at >= end) {
                throw wrong();
            }
            return switch (in[at++]) {
                case '"' -> '"';
                case '\\' -> '\\';
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> unicode();
                default -> throw wrong();
            };
        }

        private char unicode() throws Unreadable {
            if (end - at < 4) {
                throw wrong();
            }
            try {
                at += 4;
                return (char) HexFormat.fromHexDigits(new String(in, at - 4, 4, StandardCharsets.ISO_8859_1));
            } catch (IllegalArgumentException _) {
                throw wrong();
            }
        }

        private boolean next(char c) {
            if (at < end && in[at] == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) throws Unreadable {
            if (!next(c)) {
                throw wrong();
            }
        }

        private Unreadable wrong() {
            return new Unreadable("not the JSON that the format allows, at byte " + at);
        }
    }
}
