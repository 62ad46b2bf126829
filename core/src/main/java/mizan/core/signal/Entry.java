package mizan.core.signal;

import java.util.Optional;

/// What one phrase of the lexicon means.
///
/// @param act of verbs and nouns that tell one
/// @param arabic whose grammar its neighbours follow
/// @param tense of Arabic verbs; English needs none
record Entry(Kind kind, Optional<Act> act, boolean arabic, Tense tense) {
    enum Kind {
        VERB,
        NOUN,
        END,
        CONTROL,
        PLAN,
        WOULD,
        IMAGINE,
        MAYBE,
        NEGATE,
        NEGATE_NEXT,
        AFFIRM,
        BOYCOTT,
        DENY,
        FALSE,
        RESET,
        ADS,
        NOT_ADS,
        AMOUNT,
        CONNECT,
        CORP,
        ONE,
        MANY,
        SOME,
        PLATFORM,
        ELSEWHERE,
        LEADER,
        AGAINST,
        BY,
        PREPOSITION,
        EXCEPT,
        RIVAL,
        SOURCE,
        SAYS,
        WE,
        PASSIVE,
        ADVERB
    }

    enum Tense {
        ANY,
        PRESENT,
        FUTURE
    }
}
