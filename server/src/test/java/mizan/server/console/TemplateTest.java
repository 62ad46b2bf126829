package mizan.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Templates hold no text, and the style sheet follows the reading direction.
class TemplateTest {
    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2,}");
    private static final Pattern TEXT_ATTRIBUTE =
            Pattern.compile("\\b(?:aria-label|title|placeholder|alt)=\"(?!\\$\\{)[^\"]*\\p{L}");
    private static final Pattern PHYSICAL = Pattern.compile(
            "(?:margin|padding|border)-(?:left|right)|(?<![-\\w])(?:left|right)\\s*:|text-align:\\s*(?:left|right)|float:");

    @Test
    void givenEveryTemplate_whenTagsAndExpressionsAreTakenAway_thenNoWordsRemain() throws IOException {
        var found = new ArrayList<String>();
        for (var file : templates()) {
            var matcher = LETTERS.matcher(withoutCode(Files.readString(file)));
            while (matcher.find()) {
                found.add(file + ": " + matcher.group());
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void givenEveryTemplate_whenAttributesAreRead_thenNoneHoldsWords() throws IOException {
        for (var file : templates()) {
            assertTrue(!TEXT_ATTRIBUTE.matcher(Files.readString(file)).find(), file.toString());
        }
    }

    @Test
    void givenEveryTemplate_whenRead_thenThereIsNoInlineScriptAndNoUnescapedOutput() throws IOException {
        for (var file : templates()) {
            var text = Files.readString(file);
            assertTrue(!text.contains("$unsafe"), file.toString());
            assertTrue(!Pattern.compile("\\son[a-z]+=").matcher(text).find(), file.toString());
            assertTrue(!Pattern.compile("<script>(?!\\$)").matcher(text).find(), file.toString());
        }
    }

    @Test
    void givenTheStyleSheet_whenRead_thenLeftAndRightAppearOnlyInsideChartsAndCode() throws IOException {
        var css = Files.readString(Path.of("src/main/resources/mizan/assets/mizan.css"));
        var found = new ArrayList<String>();
        for (var rule : css.split("[{}]\\s*\\R?", -1)) {
            if (PHYSICAL.matcher(rule).find()) {
                found.add(rule.strip());
            }
        }
        // The plot's edges, the value labels, the dashed line of a note, and code blocks, which are always
        // left to
        // right.
        assertEquals(6, found.size(), String.join("\n", found));
    }

    private static List<Path> templates() throws IOException {
        try (var files = Files.walk(Path.of("src/main/jte"))) {
            var all = files.filter(file -> file.toString().endsWith(".jte")).toList();
            assertTrue(all.size() > 20, "found only " + all.size());
            return all;
        }
    }

    /// What a reader would see if every expression were empty.
    private static String withoutCode(String template) {
        var lines = template.lines()
                .filter(line -> !line.startsWith("@import") && !line.startsWith("@param"))
                .toList();
        return new Reader(String.join("\n", lines))
                .visible()
                .replaceAll("(?s)<style>.*?</style>", " ")
                .replaceAll("<[^<>]*>", " ");
    }

    /// Walks a template and keeps only what is neither an expression nor a statement.
    private static final class Reader {
        private final String text;
        private final StringBuilder kept = new StringBuilder();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        String visible() {
            content();
            assertEquals(text.length(), at, "a content block is not closed");
            return kept.toString();
        }

        private void content() {
            while (at < text.length() && text.charAt(at) != '`') {
                if (comes("${") || comes("!{")) {
                    at += 2;
                    code('{', '}');
                } else if (comes("@if(") || comes("@elseif(") || comes("@for(")) {
                    at = text.indexOf('(', at) + 1;
                    code('(', ')');
                } else if (comes("@template.")) {
                    at = text.indexOf('(', at) + 1;
                    code('(', ')');
                } else if (comes("@else") || comes("@endif") || comes("@endfor")) {
                    at += comes("@else") ? 5 : comes("@endif") ? 6 : 7;
                } else {
                    kept.append(text.charAt(at++));
                }
            }
        }

        /// Skips to the closing sign, reading the content blocks among the arguments.
        private void code(char open, char close) {
            kept.append(' ');
            for (int depth = 1; depth > 0; at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at = text.indexOf('"', at + 1);
                } else if (comes("@`")) {
                    at += 2;
                    content();
                } else if (c == open) {
                    depth++;
                } else if (c == close) {
                    depth--;
                }
            }
        }

        private boolean comes(String sign) {
            return text.startsWith(sign, at);
        }
    }
}
