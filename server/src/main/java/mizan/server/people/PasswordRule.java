package mizan.server.people;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Optional;

/// Which passwords are taken: 15 to 128 signs of any kind, and not soon guessed.
///
/// How soon is reckoned by zxcvbn (D. L. Wheeler, USENIX Security 2016) from lists of passwords that leaked, names and
/// words, repetitions, keyboards and dates. A list alone would not do: what leaks most is shorter than 15 signs, and
/// people who have to write more write it twice.
final class PasswordRule {
    /// Its second highest mark: 10^8 guesses and more.
    private static final int MIN_SCORE = 3;

    private static final Zxcvbn ZXCVBN = new Zxcvbn();

    private PasswordRule() {}

    /// What is wrong with a password.
    enum Wrong {
        LENGTH,
        COMMON
    }

    /// @param near words that whoever guesses knows, such as the name and the address of the person
    static Optional<Wrong> wrong(String password, List<String> near) {
        if (!Passwords.isLongEnough(password)) {
            return Optional.of(Wrong.LENGTH);
        }
        return ZXCVBN.measure(password, near).getScore() < MIN_SCORE ? Optional.of(Wrong.COMMON) : Optional.empty();
    }
}
