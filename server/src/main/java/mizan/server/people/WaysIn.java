package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import mizan.server.http.ApiKeys;
import mizan.server.http.Network;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;

/// How people change the ways in which they come in, and how they find back when they lost one.
public final class WaysIn {
    /// A letter is read soon or asked for again.
    public static final Duration LETTER_LIFE = Duration.ofMinutes(30);

    /// What one person hands to another may take a while.
    public static final Duration HAND_LIFE = Duration.ofDays(1);

    /// So many codes stand in for a lost second factor.
    static final int RECOVERY_CODES = 8;

    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
    static final int RECOVERY_DIGITS = 12;
    private static final int LINK_DIGITS = 26;

    private final PeopleStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final People people;
    private final Map<String, WayBack> ways = new ConcurrentHashMap<>();

    WaysIn(PeopleStore store, InstantSource time, RandomGenerator random, People people) {
        this.store = store;
        this.time = time;
        this.random = random;
        this.people = people;
        store.waysBack().forEach(w -> ways.put(w.hash(), w));
    }

    /// What became of a new password.
    public enum Changed {
        DONE,
        /// The old one was not right.
        OLD_WRONG,
        TOO_MANY,
        LENGTH,
        /// It is soon guessed.
        COMMON,
        /// The link was used or has expired.
        LINK
    }

    /// A new password for an old one.
    ///
    /// @param old not asked of who has none
    /// @param from the network address: whoever sits at an open browser guesses here as well
    public Changed changePassword(Person person, String old, String fresh, String from) {
        if (person.password().isPresent()) {
            switch (proves(person, old, "", from)) {
                case WRONG -> {
                    return Changed.OLD_WRONG;
                }
                case TOO_MANY -> {
                    return Changed.TOO_MANY;
                }
                case PROVEN -> {}
            }
        }
        var wrong = wrong(person, fresh);
        wrong.ifPresentOrElse(_ -> {}, () -> keepPassword(person, fresh));
        return wrong.orElse(Changed.DONE);
    }

    private static Optional<Changed> wrong(Person person, String fresh) {
        return PasswordRule.wrong(fresh, List.of(person.name(), person.login())).map(w -> switch (w) {
            case LENGTH -> Changed.LENGTH;
            case COMMON -> Changed.COMMON;
        });
    }

    private void keepPassword(Person person, String fresh) {
        var hash = people.passwords().hash(fresh);
        people.change(person.id(), p -> p.withPassword(hash));
    }

    /// Whether somebody showed that it is they.
    public enum Proof {
        PROVEN,
        WRONG,
        TOO_MANY
    }

    /// Whether this is the person's password, or a code of their second factor.
    ///
    /// @param code asked when no password is given
    /// @param from the network address
    public Proof proves(Person person, String password, String code, String from) {
        var attempts = people.attempts();
        var place = "from " + Network.of(from);
        if (attempts.isTooMuch(person.login()) || attempts.isTooMuch(place)) {
            return Proof.TOO_MANY;
        }
        boolean proven = password.isEmpty()
                ? person.totp().isPresent() && people.secondFactor(person, code)
                : people.isPasswordOf(person, password);
        if (!proven) {
            attempts.failed(person.login());
            attempts.failed(place);
            return Proof.WRONG;
        }
        attempts.succeeded(person.login());
        return Proof.PROVEN;
    }

    /// New codes for a lost second factor; older ones are worth nothing from now on. Show them once.
    ///
    /// They are guessed against the limits of every sign-in and kept as passwords are.
    public List<String> newRecoveryCodes(Person person) {
        var codes = new ArrayList<String>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            codes.add(digits(RECOVERY_DIGITS));
        }
        var hashes = codes.stream().map(people.passwords()::hash).toList();
        people.change(person.id(), p -> p.withRecovery(hashes));
        return codes.stream()
                .map(c -> c.substring(0, 4) + '-' + c.substring(4, 8) + '-' + c.substring(8))
                .toList();
    }

    /// The password alone is enough from now on.
    public void dropSecondFactor(Person person) {
        people.change(person.id(), p -> p.withTotp(Optional.empty()));
    }

    /// Who has this address and still has access.
    public Optional<Person> forgotten(String login) {
        return people.withLogin(login).filter(Person::isIn);
    }

    /// The code of a link for a letter to somebody who comes in by password.
    public String letterCode(Person person) {
        return wayBack(person, WayBack.LETTER, LETTER_LIFE);
    }

    /// The code of a link for somebody who lost every way in, made by a person who may invite them. It takes away their
    /// second factor too, so who hands it over has to know to whom.
    ///
    /// @throws mizan.server.http.Refused when there is nobody of this id whom the caller may help
    public String help(String id, Principal by) {
        var person = people.within(id, by);
        if (!person.isIn() || id.equals(by.keyId())) {
            throw Problem.of(ProblemCode.STATE_CONFLICT, "has no access, or is the caller")
                    .refused();
        }
        return wayBack(person, by.keyId(), HAND_LIFE);
    }

    private String wayBack(Person person, String by, Duration life) {
        var now = time.instant();
        ways.values().stream()
                .filter(w -> w.until().plus(REMEMBERED).isBefore(now))
                .toList()
                .forEach(w -> {
                    store.drop(w);
                    ways.remove(w.hash());
                });
        var code = digits(LINK_DIGITS);
        keep(new WayBack(ApiKeys.hash(code), person.id(), by, now.plus(life), Optional.empty()));
        return code;
    }

    /// The link of a code, used or not.
    public Optional<WayBack> wayBack(String code) {
        return Optional.ofNullable(ways.get(ApiKeys.hash(code)));
    }

    /// Uses a link, once.
    public Changed comeBack(String code, String fresh) {
        synchronized (ways) {
            var now = time.instant();
            var way = wayBack(code).filter(w -> w.admits(now));
            var person = way.flatMap(w -> people.find(w.person())).filter(Person::isIn);
            if (person.isEmpty()) {
                return Changed.LINK;
            }
            var wrong = wrong(person.get(), fresh);
            if (wrong.isEmpty()) {
                useAll(person.get().id(), now);
                if (way.get().isByHand()) {
                    dropSecondFactor(person.get());
                }
                keepPassword(person.get(), fresh);
            }
            return wrong.orElse(Changed.DONE);
        }
    }

    /// Whoever is back needs none of the other links, and nobody else shall.
    private void useAll(String person, Instant now) {
        ways.values().stream()
                .filter(w -> w.person().equals(person) && w.usedAt().isEmpty())
                .toList()
                .forEach(w -> keep(w.used(now)));
    }

    private void keep(WayBack way) {
        store.put(way);
        ways.put(way.hash(), way);
    }

    /// Knows a person's links no more; the store has forgotten them already.
    void forget(String person) {
        ways.values().removeIf(w -> w.person().equals(person));
    }

    private String digits(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
