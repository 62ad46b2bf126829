package mizan.core.signal;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// One word of a sentence.
///
/// @param raw as written
/// @param folded as matching sees it
/// @param forms `folded` and all that it may be an inflection of
/// @param start where it begins in the sentence, in chars
/// @param end where it ends, exclusive
record Word(String raw, String folded, Set<String> forms, int start, int end) {
    Word {
        // In their order: copies without one would be read differently from one start to the next.
        forms = Collections.unmodifiableSet(new LinkedHashSet<>(forms));
    }

    boolean is(String form) {
        return forms.contains(form);
    }

    boolean isArabic() {
        return Character.UnicodeScript.of(raw.codePointAt(0)) == Character.UnicodeScript.ARABIC;
    }

    boolean isCapital() {
        return Character.isUpperCase(raw.codePointAt(0));
    }

    boolean isNumber() {
        return folded.chars().allMatch(Character::isDigit);
    }
}
