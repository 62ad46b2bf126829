package mizan.core.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import mizan.core.signal.Entry.Kind;
import mizan.core.signal.Entry.Tense;

/// The words that tell an act, and those that decide whether a sentence claims it.
///
/// Part of the program, as constant as its classes: tab-separated files are easier to review and translate
/// than Java.
final class Lexicon {
    private final Phrases<Entry> phrases = new Phrases<>();

    private Lexicon() {}

    /// Read once, when first asked for: every form of its words is worked out then.
    private static final class BuiltIn {
        static final Lexicon LEXICON = new Lexicon();

        static {
            LEXICON.read("lexicon-en.tsv", false);
            LEXICON.read("lexicon-ar.tsv", true);
        }
    }

    static Lexicon builtIn() {
        return BuiltIn.LEXICON;
    }

    List<Phrases.Found<Entry>> in(Sentence sentence) {
        return phrases.in(sentence);
    }

    private void read(String resource, boolean arabic) {
        try (var file = Lexicon.class.getResourceAsStream(resource)) {
            var text = new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> row(line, arabic));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " from the program itself", e);
        }
    }

    private void row(String line, boolean arabic) {
        var cells = line.split("\t", -1);
        var head = cells[0].split(" ");
        var kind = kind(cells[0], head[0]);
        boolean tells = kind == Kind.VERB || kind == Kind.NOUN;
        var act = tells ? Optional.of(Act.valueOf(head[1].toUpperCase(Locale.ROOT))) : Optional.<Act>empty();
        boolean conjugates = arabic && (kind == Kind.VERB || cells[0].endsWith(" verb"));
        for (var phrase : cells[1].split(",")) {
            if (conjugates) {
                conjugate(phrase.strip(), kind, act);
            } else {
                phrases.add(phrase.strip(), new Entry(kind, act, arabic, Tense.ANY));
            }
        }
    }

    private static Kind kind(String cell, String first) {
        return cell.equals("not ads") ? Kind.NOT_ADS : Kind.valueOf(first.toUpperCase(Locale.ROOT));
    }

    /// The forms of one Arabic verb, given as past/present/verbal noun of "he". A verb that ends in a long
    /// vowel loses it before "she" and "they": `أنهى`, `أنهت`, `أنهوا`.
    private void conjugate(String verb, Kind kind, Optional<Act> act) {
        var parts = verb.split("/");
        var rest = parts[0].contains(" ") ? parts[0].substring(parts[0].indexOf(' ')) : "";
        var past = parts[0].substring(0, parts[0].length() - rest.length());
        boolean weak = past.endsWith("ى") || past.endsWith("ا");
        var stem = weak ? past.substring(0, past.length() - 1) : past;
        for (var ending : List.of("ت", "وا", "تا", "نا")) {
            phrases.add((ending.equals("نا") && weak ? stem + "ي" : stem) + ending + rest, entry(kind, act, Tense.ANY));
        }
        phrases.add(past + rest, entry(kind, act, Tense.ANY));
        if (!weak) {
            phrases.add(past + "ا" + rest, entry(kind, act, Tense.ANY));
        }
        present(parts[1], kind, act);
        if (!parts[2].equals("-")) {
            phrases.add(parts[2], entry(kind == Kind.VERB ? Kind.NOUN : kind, act, Tense.ANY));
        }
    }

    private void present(String present, Kind kind, Optional<Act> act) {
        if (!present.startsWith("ي")) {
            phrases.add(present, entry(kind, act, Tense.PRESENT));
            return;
        }
        var stem = present.substring(1);
        var rest = stem.contains(" ") ? stem.substring(stem.indexOf(' ')) : "";
        var bare = stem.substring(0, stem.length() - rest.length());
        var plural = bare.endsWith("ي") || bare.endsWith("و") ? bare.substring(0, bare.length() - 1) : bare;
        for (var person : List.of("ي", "ت", "ن", "أ")) {
            phrases.add(person + bare + rest, entry(kind, act, Tense.PRESENT));
            phrases.add("س" + person + bare + rest, entry(kind, act, Tense.FUTURE));
            phrases.add(person + plural + "ون" + rest, entry(kind, act, Tense.PRESENT));
            phrases.add("س" + person + plural + "ون" + rest, entry(kind, act, Tense.FUTURE));
        }
        phrases.add("ت" + bare + "ان" + rest, entry(kind, act, Tense.PRESENT));
        phrases.add("ي" + plural + "وا" + rest, entry(kind, act, Tense.PRESENT));
    }

    private static Entry entry(Kind kind, Optional<Act> act, Tense tense) {
        return new Entry(kind, act, true, tense);
    }
}
