package mizan.server.console.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.MessagePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mizan.server.console.chart.MoneyScale;
import mizan.server.console.page.Account;
import mizan.server.console.page.AccountState;
import mizan.server.console.page.AdState;
import mizan.server.console.page.Bid;
import mizan.server.console.page.CreativeQueue;
import mizan.server.console.page.DisputeState;
import mizan.server.console.page.EmptyReason;
import mizan.server.console.page.EntryState;
import mizan.server.console.page.Field;
import mizan.server.console.page.LateCause;
import mizan.server.console.page.LinkProblem;
import mizan.server.console.page.Movement;
import mizan.server.console.page.Outcome;
import mizan.server.console.page.RaterList;
import mizan.server.console.page.ReconciliationState;
import mizan.server.console.page.Reviews;
import mizan.server.console.page.Risk;
import mizan.server.console.page.Status;
import mizan.server.console.page.Suitability;
import mizan.server.console.page.Told;
import mizan.server.console.page.WhyKind;
import org.junit.jupiter.api.Test;

/// No page can be half translated: both bundles hold the same keys, all of them valid, all of them used.
class BundleTest {
    private static final Bundle ENGLISH = Bundle.of(Lang.EN);
    private static final Bundle ARABIC = Bundle.of(Lang.AR);
    private static final List<Path> SOURCES = List.of(
            Path.of("src/main/jte"),
            Path.of("src/main/java/mizan/server/console"),
            Path.of("src/main/java/mizan/server/pages"),
            Path.of("src/main/java/mizan/server/mail"));
    private static final Pattern USED = Pattern.compile(
            "(?:\\bw|words|bundle|figures)\\s*\\.(?:t|text|pattern)\\(\\s*(?:[^\"();]*\\?)?\\s*\"([a-z0-9_.]+)\"");
    private static final Pattern KEY_TEXT = Pattern.compile("\"([a-z0-9_]+(?:\\.[a-z0-9_]+)*)\"");
    private static final Set<String> ARABIC_FORMS = Set.of("zero", "one", "two", "few", "many", "other");

    /// Keys that are put together: a prefix in a template, the rest from a code.
    private static final List<String> COMPOSED = List.of(
            "notify.",
            "invalid.",
            "rail.",
            "movement.plural.",
            "outcome.not_targeted.",
            "outcome.not_servable.",
            "outcome.budget_spent.",
            "outcome.held_out.",
            "outcome.outranked.",
            "topic.",
            "product.",
            "raters.own.",
            "ads.why.",
            "signals.notice.",
            "signals.why.",
            "signin.",
            "error.",
            "role.",
            "said.",
            "changed.",
            "creatives.reason.",
            "creatives.drift.",
            "approval.kind.",
            "approval.state.",
            "guide.",
            "column.",
            "bulk.wrong.",
            "edit.kind.",
            "report.by.",
            "report.column.",
            "report.compare.",
            "weekday.",
            "webhooks.type.",
            "webhooks.state.",
            "edit.field.",
            "edit.preset.",
            "edit.wrong.",
            "entrance.wrong.",
            "password.wrong.",
            "provider.",
            "dispute_reason.",
            "disputes.number.",
            "recon_level.",
            "recon_measure.",
            "recon_cause.",
            "recon_wrong.",
            "evidence_verb.",
            "evidence_file.");

    @Test
    void givenBothBundles_whenCompared_thenTheyHoldTheSameKeys() {
        assertEquals(new TreeSet<>(ENGLISH.keys()), new TreeSet<>(ARABIC.keys()));
        assertTrue(ENGLISH.keys().size() > 300, "bundles were not read");
    }

    @Test
    void givenEveryMessage_whenParsed_thenItIsValidAndBothLanguagesTakeTheSameArguments() {
        for (var key : ENGLISH.keys()) {
            var english = arguments(new MessagePattern(ENGLISH.pattern(key)));
            var arabic = arguments(new MessagePattern(ARABIC.pattern(key)));
            assertTrue(english.containsAll(arabic), key + ": Arabic takes " + arabic + ", English " + english);
            assertFalse(ARABIC.pattern(key).isBlank(), key);
            assertFalse(ENGLISH.pattern(key).isBlank(), key);
        }
    }

    @Test
    void givenAPluralInEnglish_whenReadInArabic_thenAllSixFormsAreThere() {
        int plurals = 0;
        for (var key : ARABIC.keys()) {
            for (var forms : pluralForms(new MessagePattern(ARABIC.pattern(key)))) {
                plurals++;
                assertEquals(ARABIC_FORMS, forms, key);
            }
        }
        assertTrue(plurals >= 15, "found only " + plurals + " plurals");
    }

    @Test
    void givenAnEnglishPluralOfACount_whenComparedWithArabic_thenArabicCountsToo() {
        for (var key : ENGLISH.keys()) {
            if (!pluralForms(new MessagePattern(ENGLISH.pattern(key))).isEmpty()) {
                assertFalse(pluralForms(new MessagePattern(ARABIC.pattern(key))).isEmpty(), key);
            }
        }
    }

    @Test
    void givenTheTemplatesAndSources_whenKeysAreCollected_thenEachExists() throws IOException {
        var used = usedKeys();
        assertTrue(used.size() > 200, "found only " + used.size());
        for (var key : used) {
            boolean prefix = key.endsWith(".");
            assertTrue(prefix ? ENGLISH.keys().stream().anyMatch(one -> one.startsWith(key)) : ENGLISH.has(key), key);
        }
    }

    @Test
    void givenEveryKey_whenLookedFor_thenItIsUsed() throws IOException {
        var known = new HashSet<>(allTexts());
        for (var value : wordedValues()) {
            known.add(value.wordKey());
            known.add(value.wordKey() + ".next");
        }
        for (var key : ENGLISH.keys()) {
            assertTrue(known.contains(key) || COMPOSED.stream().anyMatch(key::startsWith), "unused: " + key);
        }
    }

    @Test
    void givenEveryDomainValue_whenNamed_thenBothLanguagesHaveWords() {
        for (var value : wordedValues()) {
            assertTrue(ENGLISH.has(value.wordKey()), value.wordKey());
            assertTrue(ARABIC.has(value.wordKey()), value.wordKey());
        }
        for (var kind : WhyKind.values()) {
            assertTrue(ENGLISH.has("ads." + kind.wordKey()), kind.wordKey());
        }
        for (var problem : LinkProblem.values()) {
            assertTrue(ENGLISH.has(problem.wordKey() + ".next"), problem.wordKey());
        }
    }

    @Test
    void givenAnUnknownKey_whenAskedFor_thenThePageStops() {
        assertThrows(MissingResourceException.class, () -> ENGLISH.pattern("no.such.key"));
    }

    @Test
    void givenTheArabicBundle_whenRead_thenItHoldsNoLetterSpacingMarksAndNoAsciiCommas() {
        for (var key : ARABIC.keys()) {
            var text = ARABIC.pattern(key).replaceAll("\\{[^{}]*\\}", "").replaceAll("plural,", "");
            assertFalse(text.matches(".*[\\u0600-\\u06ff],.*"), key + " has a Latin comma");
            assertFalse(text.matches(".*[\\u0600-\\u06ff]\\?.*"), key + " has a Latin question mark");
        }
    }

    private static List<Worded> wordedValues() {
        return Stream.<Worded[]>of(
                        Account.values(),
                        AccountState.values(),
                        AdState.values(),
                        Bid.Kind.values(),
                        CreativeQueue.Saved.values(),
                        DisputeState.values(),
                        EmptyReason.values(),
                        EntryState.values(),
                        Field.values(),
                        LateCause.values(),
                        LinkProblem.values(),
                        MoneyScale.values(),
                        Movement.values(),
                        Outcome.values(),
                        ReconciliationState.values(),
                        Reviews.Question.values(),
                        Reviews.Saved.values(),
                        RaterList.State.values(),
                        Risk.values(),
                        Status.values(),
                        Suitability.values(),
                        Told.values(),
                        WhyKind.values())
                .flatMap(Stream::of)
                .toList();
    }

    private static Set<String> usedKeys() throws IOException {
        var keys = new TreeSet<String>();
        for (var text : sources()) {
            var matcher = USED.matcher(text);
            while (matcher.find()) {
                keys.add(matcher.group(1));
            }
        }
        return keys;
    }

    private static Set<String> allTexts() throws IOException {
        var texts = new TreeSet<String>();
        for (var text : sources()) {
            var matcher = KEY_TEXT.matcher(text);
            while (matcher.find()) {
                texts.add(matcher.group(1));
            }
        }
        return texts;
    }

    private static List<String> sources() throws IOException {
        var texts = new ArrayList<String>();
        for (var root : SOURCES) {
            try (var files = Files.walk(root)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static Set<String> arguments(MessagePattern pattern) {
        var names = new TreeSet<String>();
        for (int i = 0; i < pattern.countParts(); i++) {
            var part = pattern.getPart(i);
            if (part.getType() == MessagePattern.Part.Type.ARG_NUMBER) {
                names.add(pattern.getSubstring(part));
            }
            assertFalse(part.getType() == MessagePattern.Part.Type.ARG_NAME, pattern.getPatternString());
        }
        return names;
    }

    private static List<Set<String>> pluralForms(MessagePattern pattern) {
        var all = new ArrayList<Set<String>>();
        for (int i = 0; i < pattern.countParts(); i++) {
            var part = pattern.getPart(i);
            if (part.getType() == MessagePattern.Part.Type.ARG_START
                    && part.getArgType() == MessagePattern.ArgType.PLURAL) {
                var forms = new TreeSet<String>();
                int end = pattern.getLimitPartIndex(i);
                int depth = 0;
                for (int j = i + 1; j < end; j++) {
                    switch (pattern.getPart(j).getType()) {
                        case MSG_START -> depth++;
                        case MSG_LIMIT -> depth--;
                        case ARG_SELECTOR -> {
                            if (depth == 0) {
                                forms.add(pattern.getSubstring(pattern.getPart(j)));
                            }
                        }
                        default -> {}
                    }
                }
                all.add(Set.copyOf(forms));
            }
        }
        return all;
    }
}
