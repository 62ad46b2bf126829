package mizan.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import mizan.server.http.ApiKeys;
import mizan.server.http.Ids;
import mizan.server.http.Network;
import mizan.server.http.Principal;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;

/// Everybody who may use the console: how they join, how they come in, how they leave.
public final class People {
    /// Whoever has the first link makes the rules, so it lives shortly.
    public static final Duration SETUP_LIFE = Duration.ofMinutes(15);

    public static final Duration INVITATION_LIFE = Duration.ofDays(3);
    /// Who made the link of a first start.
    public static final String SETUP = "setup";

    private static final int MAX_PEOPLE = 10_000;
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int CODE_DIGITS = 26;
    /// Something before and after one `@`; whether mail arrives there is for the mail to find out.
    private static final Pattern LOGIN = Pattern.compile("[^@\\s\\p{C}]{1,64}@[^@\\s\\p{C}]{1,190}");

    private final PeopleStore store;
    private final InstantSource time;
    private final RandomGenerator random;
    private final Ids ids;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Invitation> invitations = new ConcurrentHashMap<>();
    private final Object changing = new Object();

    /// @param random cryptographically strong outside of tests
    public People(PeopleStore store, InstantSource time, RandomGenerator random, Ids ids) {
        this.store = store;
        this.time = time;
        this.random = random;
        this.ids = ids;
        this.passwords = new Passwords(random);
        this.attempts = new Attempts(time);
        store.people().forEach(p -> people.put(p.id(), p));
        store.invitations().forEach(i -> invitations.put(i.hash(), i));
    }

    /// Whether nobody runs the platform yet.
    public boolean needsOwner() {
        return people.values().stream().noneMatch(p -> p.isIn() && p.role() == Role.OWNER);
    }

    public Optional<Person> find(String id) {
        return Optional.ofNullable(people.get(id));
    }

    /// Those whom the caller may see, by name.
    public List<Person> all(Principal caller) {
        return people.values().stream()
                .filter(p ->
                        caller.advertiser().isEmpty() || caller.advertiser().equals(p.advertiser()))
                .sorted(Comparator.comparing(Person::name).thenComparing(Person::id))
                .toList();
    }

    /// A link's code for the first owner, or for one more when the others cannot come in. Show it once.
    public String setUp() {
        return invite("", Role.OWNER, Optional.empty(), "", SETUP, SETUP_LIFE);
    }

    /// A link's code for somebody. Show it once.
    ///
    /// @throws mizan.server.http.Refused when the caller may not give this role away
    public String invite(String name, Role role, Optional<String> advertiser, Principal by) {
        return invite(name, role, advertiser, "", by);
    }

    /// As above, for whoever a provider vouches has this address: they need no link.
    ///
    /// @param email empty without
    public String invite(String name, Role role, Optional<String> advertiser, String email, Principal by) {
        boolean theirs = by.advertiser().isEmpty() || by.advertiser().equals(advertiser);
        if (!theirs || !role.isWithin(by.scopes()) || role.isBound() != advertiser.isPresent()) {
            throw Problem.of(ProblemCode.FORBIDDEN, role.text()).refused();
        }
        var address = email.strip().toLowerCase(Locale.ROOT);
        if (!address.isEmpty() && !LOGIN.matcher(address).matches()) {
            throw Problem.of(ProblemCode.INVALID_VALUE, "an e-mail address")
                    .at("email")
                    .refused();
        }
        return invite(name, role, advertiser, address, by.keyId(), INVITATION_LIFE);
    }

    private String invite(String name, Role role, Optional<String> advertiser, String email, String by, Duration life) {
        var code = digits(CODE_DIGITS);
        var invitation = new Invitation(
                ApiKeys.hash(code),
                name,
                role,
                advertiser,
                email,
                by,
                time.instant().plus(life),
                Optional.empty());
        store.put(invitation);
        invitations.put(invitation.hash(), invitation);
        return code;
    }

    /// The invitation of a code, used or not.
    public Optional<Invitation> invitation(String code) {
        return Optional.ofNullable(invitations.get(ApiKeys.hash(code)));
    }

    /// The newest invitation for an address that still holds.
    public Optional<Invitation> invitationFor(String email) {
        var now = time.instant();
        return invitations.values().stream()
                .filter(i -> i.admits(now) && !i.email().isEmpty() && i.email().equals(email))
                .max(Comparator.comparing(Invitation::until));
    }

    /// What somebody says of themselves when they join.
    ///
    /// @param password empty for who comes in by passkey
    public record Joining(String name, String login, String password) {}

    /// Why somebody could not join.
    public enum Wrong {
        LINK,
        NAME,
        LOGIN,
        LOGIN_TAKEN,
        PASSWORD,
        PASSWORD_COMMON
    }

    /// Makes a person of an invitation, once.
    ///
    /// @throws NotJoined with the reason, and nothing was changed
    public Person join(String code, Joining joining) {
        var login = joining.login().strip().toLowerCase(Locale.ROOT);
        require(!joining.name().isBlank() && joining.name().length() <= 100, Wrong.NAME);
        require(LOGIN.matcher(login).matches(), Wrong.LOGIN);
        if (!joining.password().isEmpty()) {
            var wrong = PasswordRule.wrong(joining.password(), List.of(joining.name(), login));
            require(wrong.filter(PasswordRule.Wrong.LENGTH::equals).isEmpty(), Wrong.PASSWORD);
            require(wrong.isEmpty(), Wrong.PASSWORD_COMMON);
        }
        // Nobody makes the server compute a hash without a link that holds.
        require(invitation(code).filter(i -> i.admits(time.instant())).isPresent(), Wrong.LINK);
        var hash = joining.password().isEmpty()
                ? Optional.<String>empty()
                : Optional.of(passwords.hash(joining.password()));
        return admit(ApiKeys.hash(code), joining.name().strip(), login, hash);
    }

    /// Makes a person of an invitation, once, whom a provider vouches for.
    ///
    /// @param login an address that the provider verified
    /// @throws NotJoined with the reason, and nothing was changed
    public Person joinVouched(Invitation invitation, String name, String login) {
        require(LOGIN.matcher(login).matches(), Wrong.LOGIN);
        var called = name.isBlank() ? login : name.strip();
        return admit(invitation.hash(), called.substring(0, Math.min(called.length(), 100)), login, Optional.empty());
    }

    private Person admit(String invited, String name, String login, Optional<String> hash) {
        synchronized (changing) {
            var now = time.instant();
            var invitation = Optional.ofNullable(invitations.get(invited))
                    .filter(i -> i.admits(now))
                    .orElseThrow(() -> new NotJoined(Wrong.LINK));
            require(people.size() < MAX_PEOPLE && byLogin(login).isEmpty(), Wrong.LOGIN_TAKEN);
            var person = new Person(
                    ids.next(Person.PREFIX),
                    name,
                    login,
                    invitation.role(),
                    invitation.advertiser(),
                    hash,
                    Optional.empty(),
                    0,
                    List.of(),
                    now,
                    Optional.empty());
            store.join(person, invitation.used(now));
            invitations.put(invitation.hash(), invitation.used(now));
            people.put(person.id(), person);
            return person;
        }
    }

    private static void require(boolean holds, Wrong wrong) {
        if (!holds) {
            throw new NotJoined(wrong);
        }
    }

    /// Somebody could not join.
    public static final class NotJoined extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Wrong wrong;

        NotJoined(Wrong wrong) {
            super(wrong.name(), null, false, false);
            this.wrong = wrong;
        }

        public Wrong wrong() {
            return wrong;
        }
    }

    /// What a sign-in by password answers.
    public sealed interface Entry {
        record Admitted(Person person) implements Entry {}

        /// A wrong login, password or code: which one is not said.
        record Refused() implements Entry {}

        record TooMany() implements Entry {}
    }

    /// Lets somebody in by password, and by code where they have a second factor.
    ///
    /// @param from the network address
    public Entry enter(String login, String password, String code, String from) {
        var name = login.strip().toLowerCase(Locale.ROOT);
        var place = "from " + Network.of(from);
        if (attempts.isTooMuch(name) || attempts.isTooMuch(place)) {
            return new Entry.TooMany();
        }
        var found = byLogin(name).filter(p -> p.isIn() && p.password().isPresent());
        boolean known = found.isPresent()
                && passwords.matches(password, found.get().password().orElseThrow());
        if (found.isEmpty()) {
            passwords.matchesNobody(password);
        }
        if (!known || !secondFactor(found.get(), code)) {
            attempts.failed(name);
            attempts.failed(place);
            return new Entry.Refused();
        }
        attempts.succeeded(name);
        return new Entry.Admitted(find(found.get().id()).orElseThrow());
    }

    /// Whether this is a code of somebody's second factor, or stands in for one. No code works twice.
    boolean secondFactor(Person person, String code) {
        if (person.totp().isEmpty()) {
            return true;
        }
        synchronized (changing) {
            var now = find(person.id()).orElseThrow();
            var step = now.totp().isEmpty()
                    ? OptionalLong.empty()
                    : Totp.accepted(now.totp().get(), code.strip(), time.instant(), now.totpStep());
            step.ifPresent(s -> keep(now.usedStep(s)));
            return step.isPresent() || recovers(now, code);
        }
    }

    /// A code for a lost second factor is used up.
    private boolean recovers(Person person, String code) {
        var plain = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        if (plain.length() != WaysIn.RECOVERY_DIGITS) {
            return false;
        }
        var used = person.recovery().stream()
                .filter(hash -> passwords.matches(plain, hash))
                .findFirst();
        used.ifPresent(hash -> keep(person.withRecovery(
                person.recovery().stream().filter(h -> !h.equals(hash)).toList())));
        return used.isPresent();
    }

    /// Whether this is somebody's password, for changes that ask for it again.
    public boolean isPasswordOf(Person person, String password) {
        return person.password()
                .filter(hash -> passwords.matches(password, hash))
                .isPresent();
    }

    /// A new secret for a second factor; it counts once [#confirm] has seen a code of it.
    public String newSecret() {
        return Totp.secret(random);
    }

    /// Turns the second factor on, if the code shows that the secret arrived.
    public boolean confirm(Person person, String secret, String code) {
        synchronized (changing) {
            var step = Totp.accepted(secret, code.strip(), time.instant(), 0);
            step.ifPresent(s -> keep(find(person.id())
                    .orElseThrow()
                    .withTotp(Optional.of(secret))
                    .usedStep(s)));
            return step.isPresent();
        }
    }

    /// Takes somebody's access away; the last owner stays.
    ///
    /// @throws mizan.server.http.Refused when there is nobody of this id, or they have to stay
    public Person remove(String id, Principal by) {
        synchronized (changing) {
            var person = within(id, by);
            if (person.role() == Role.OWNER && owners() == 1) {
                throw Problem.of(ProblemCode.STATE_CONFLICT, "the last owner").refused();
            }
            return keep(person.removed(time.instant()));
        }
    }

    /// Forgets who somebody was whose access was taken away. What they did stays, under their id; nobody can lead that
    /// to a name any more.
    ///
    /// @throws mizan.server.http.Refused when there is nobody of this id, or they still have access
    public Person erase(String id, Principal by) {
        synchronized (changing) {
            var person = within(id, by);
            if (person.isIn()) {
                throw Problem.of(ProblemCode.STATE_CONFLICT, "still has access").refused();
            }
            var nobody = person.erased();
            store.erase(person, nobody);
            people.put(id, nobody);
            invitations.replaceAll((_, i) -> i.made(person) ? i.unnamed() : i);
            return nobody;
        }
    }

    /// Somebody whom the caller may take rights from.
    Person within(String id, Principal by) {
        var person = find(id).filter(
                        p -> by.advertiser().isEmpty() || by.advertiser().equals(p.advertiser()))
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND).refused());
        if (!person.role().isWithin(by.scopes())) {
            throw Problem.of(ProblemCode.FORBIDDEN, person.role().text()).refused();
        }
        return person;
    }

    private long owners() {
        return people.values().stream()
                .filter(p -> p.isIn() && p.role() == Role.OWNER)
                .count();
    }

    Optional<Person> withLogin(String login) {
        return byLogin(login.strip().toLowerCase(Locale.ROOT));
    }

    /// Changes somebody as they are now.
    void change(String id, UnaryOperator<Person> change) {
        synchronized (changing) {
            keep(change.apply(find(id).orElseThrow()));
        }
    }

    Passwords passwords() {
        return passwords;
    }

    Attempts attempts() {
        return attempts;
    }

    private Optional<Person> byLogin(String login) {
        return people.values().stream().filter(p -> p.login().equals(login)).findFirst();
    }

    private Person keep(Person person) {
        store.put(person);
        people.put(person.id(), person);
        return person;
    }

    public Instant now() {
        return time.instant();
    }

    private String digits(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
