package mizan.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Principal;
import mizan.server.http.Scope;
import mizan.server.http.StrictJson;
import mizan.server.people.Approval;
import mizan.server.people.Approvals;
import mizan.server.people.People;
import mizan.server.people.RememberedPeople;
import mizan.server.people.Role;
import mizan.server.people.Rule;
import mizan.server.people.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Second persons asked by e-mail, through a real SMTP server.
class ApprovalLettersTest {
    private static final String NORDLYS = "adv_01KJPWD6M00000000000000001";
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    private Path folder = Path.of("");

    private Workspace workspace = Workspace.empty(new ApiKeys(), now::get, new SplittableRandom(1));
    private Principal owner = new Principal("x", Mode.LIVE, Set.of(), Optional.empty());
    private ApprovalLetters letters = new ApprovalLetters(workspace, _ -> {}, now::get);

    @BeforeEach
    void start() {
        smtp.start();
        workspace = Workspace.of(
                new RememberedPeople(), "https://ads.example", new ApiKeys(), now::get, new SplittableRandom(12));
        owner = workspace
                .people()
                .join(workspace.people().setUp(), new People.Joining("Noor", "noor@marsa.example", ""))
                .principal(Mode.LIVE);
        letters = letters(smtp.getSmtp().getPort());
    }

    private ApprovalLetters letters(int port) {
        var settings = new MailSettings(
                "127.0.0.1", port, MailSettings.Security.NONE, "mizan@marsa.example", Optional.empty(), "");
        return new ApprovalLetters(workspace, new SmtpPost(settings), now::get);
    }

    @AfterEach
    void stop() {
        smtp.stop();
    }

    @Test
    void givenARequest_whenSomebodyElseCanDecide_thenTheyGetOneLetterInBothLanguagesWithItsLink() throws Exception {
        join("Omar", Role.FINANCE, Optional.empty());
        join("Rana", Role.REVENUE, Optional.empty());
        var approval = ask(Optional.empty(), "Winter\r\nBcc: all@marsa.example");
        assertEquals(1, letters.step());
        assertEquals(0, letters.step());
        var letter = smtp.getReceivedMessages()[0];
        assertEquals("omar@marsa.example", letter.getAllRecipients()[0].toString());
        assertEquals(1, letter.getAllRecipients().length);
        assertEquals("auto-generated", letter.getHeader("Auto-Submitted")[0]);
        assertTrue(letter.getSubject().contains("A second person is asked: Winter Bcc: all"), letter.getSubject());
        var body = letter.getContent().toString();
        assertTrue(body.contains("https://ads.example/approvals/" + approval.id()), body);
        assertTrue(body.contains("It may cost up to USD\u00a07,000.00 more."), body);
        assertTrue(body.contains("يطلب") && body.contains("asks for your decision"), body);
        assertTrue(body.contains("30 Nov 2026") && body.contains("30 نوفمبر 2026"), body);
    }

    @Test
    void givenAnAdvertisersRequest_whenItHasApproversOfItsOwn_thenTheyAreAskedAndNobodyElse() throws Exception {
        join("Omar", Role.FINANCE, Optional.empty());
        ask(Optional.of(NORDLYS), "Winter");
        assertEquals(1, letters.step());
        join("Sami", Role.APPROVER, Optional.of(NORDLYS));
        join("Lina", Role.APPROVER, Optional.of("adv_01KJPWD6M00000000000000002"));
        ask(Optional.of(NORDLYS), "Spring");
        letters.step();
        assertEquals(Set.of("omar@marsa.example", "sami@marsa.example"), recipients());
    }

    @Test
    void givenAServerThatIsAway_whenItIsBack_thenTheLetterComesOnce() {
        join("Omar", Role.FINANCE, Optional.empty());
        ask(Optional.empty(), "Winter");
        smtp.stop();
        var away = letters(1);
        assertEquals(0, away.step());
        smtp.start();
        var back = letters(smtp.getSmtp().getPort());
        assertEquals(1, back.step());
        now.set(now.get().plus(Duration.ofMinutes(2)));
        assertEquals(0, away.step(), "it was sent twice");
    }

    @Test
    void givenARequestThatIsOver_whenLettersAreSent_thenNobodyIsAsked() {
        join("Omar", Role.FINANCE, Optional.empty());
        ask(Optional.empty(), "Winter");
        now.set(now.get().plus(Approval.LIFE));
        assertEquals(0, letters.step());
    }

    @Test
    void givenAFileWithAPassword_whenOthersCanReadIt_thenTheStartStopsAndThePasswordIsInNoText() throws Exception {
        var file = folder.resolve("mail.json");
        assertEquals(Optional.empty(), MailSettings.read(file));
        Files.writeString(
                file,
                "{\"host\":\"mail.example\",\"port\":587,\"from\":\"a@b.example\",\"user\":\"u\",\"password\":\"geheim\"}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(IOException.class, () -> MailSettings.read(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var settings = MailSettings.read(file).orElseThrow();
        assertEquals(MailSettings.Security.STARTTLS, settings.security());
        assertFalse(settings.toString().contains("geheim"));
        Files.writeString(file, "{\"host\":\"mail.example\",\"port\":\"many\",\"from\":\"a@b.example\"}");
        assertThrows(IOException.class, () -> MailSettings.read(file));
    }

    private Set<String> recipients() {
        return Stream.of(smtp.getReceivedMessages())
                .map(ApprovalLettersTest::recipient)
                .collect(Collectors.toSet());
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private void join(String name, Role role, Optional<String> advertiser) {
        var all = new Principal("boss", Mode.LIVE, EnumSet.allOf(Scope.class), Optional.empty());
        var code = workspace.people().invite(name, role, advertiser, all);
        var _ = workspace
                .people()
                .join(code, new People.Joining(name, name.toLowerCase(java.util.Locale.ROOT) + "@marsa.example", ""));
    }

    private Approval ask(Optional<String> advertiser, String name) {
        var before = StrictJson.own("{\"budget\":{\"total_micros\":2000000000}}");
        var after = StrictJson.own("{\"budget\":{\"total_micros\":9000000000}}");
        return workspace
                .approvals()
                .ask(
                        new Approvals.Ask(
                                Rule.Kind.RAISE,
                                advertiser,
                                "sales went up",
                                StrictJson.own("{}"),
                                new Approval.Shown("cmp_1", name, before, after, 7_000_000_000L, "USD"),
                                ""),
                        owner);
    }
}
