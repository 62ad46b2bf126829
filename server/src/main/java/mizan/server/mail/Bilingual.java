package mizan.server.mail;

import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.console.words.Digits;
import mizan.server.console.words.Lang;
import mizan.server.console.words.Words;

/// Letters in Arabic and English: what somebody reads is known only once they have signed in.
public final class Bilingual {
    private Bilingual() {}

    public static Letter letter(String to, Function<Words, String> subject, Function<Words, String> body) {
        return new Letter(to, both(subject, " · "), both(body, "\n\n----\n\n"));
    }

    private static String both(Function<Words, String> text, String between) {
        return Stream.of(Lang.AR, Lang.EN)
                .map(lang -> text.apply(Words.of(lang, Digits.LATIN, ZoneOffset.UTC)))
                .collect(Collectors.joining(between));
    }
}
