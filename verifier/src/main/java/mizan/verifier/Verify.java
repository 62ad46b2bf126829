package mizan.verifier;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/// `mizan verify`: checks a proof or evidence pack, a log's address or a mirrored folder, and says what holds and what
/// does not.
public final class Verify {
    /// Everything that was checked holds.
    public static final int HOLDS = 0;
    /// There was nothing to check, or it could not be read.
    public static final int REFUSED = 1;
    /// Something does not hold.
    public static final int BROKEN = 2;

    private Verify() {}

    /// What to check, and whom to trust.
    ///
    /// @param target a zip file, an address that begins with http, or a folder
    /// @param policy a file as C2SP tlog-policy writes it
    /// @param keys the log's keys, where there is no policy
    /// @param since a checkpoint that was seen earlier, in a file
    /// @param json whether the result is one JSON object
    public record Question(
            String target, Optional<Path> policy, List<String> keys, Optional<Path> since, boolean json) {
        public Question {
            keys = List.copyOf(keys);
        }
    }

    /// Checks, tells, and answers with an exit code.
    public static int run(Question question, Appendable out) throws IOException {
        var findings = new Findings();
        try (var files = files(question.target())) {
            var policy = policy(question);
            Optional<Checkpoint> since = question.since().isPresent()
                    ? Optional.of(
                            Checkpoint.read(Files.readAllBytes(question.since().get())))
                    : Optional.empty();
            if (files instanceof PackFile pack && pack.names().contains(EvidenceCheck.NOTE)) {
                new EvidenceCheck(pack, findings).run(policy, since);
            } else if (files instanceof PackFile) {
                var _ = new PackCheck(files, findings).run(policy, since);
            } else {
                new LogCheck(files, findings).run(policy, since, named(files));
            }
        } catch (Unreadable | ZipException e) {
            findings.fault(Findings.Check.FORM, question.target(), String.valueOf(e.getMessage()));
        }
        new Telling(findings, question.target()).to(out, question.json());
        return findings.holds() ? HOLDS : BROKEN;
    }

    private static Source files(String target) throws IOException {
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return new HttpFiles(target);
        }
        var path = Path.of(target);
        if (Files.isDirectory(path)) {
            return new FolderFiles(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new IOException("there is no proof pack, log or folder at " + target);
        }
        return new PackFile(path);
    }

    private static Optional<Policy> policy(Question question) throws IOException, Unreadable {
        if (question.policy().isPresent()) {
            return Optional.of(Policy.read(text(question.policy().get())));
        }
        return question.keys().isEmpty() ? Optional.empty() : Optional.of(Policy.of(keys(question.keys())));
    }

    private static String text(Path file) throws IOException, Unreadable {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException _) {
            throw new Unreadable(file + " is not UTF-8");
        }
    }

    private static List<VerifierKey> keys(List<String> texts) throws Unreadable {
        var keys = new ArrayList<VerifierKey>();
        for (var text : texts) {
            keys.add(VerifierKey.read(text.strip()));
        }
        return keys;
    }

    /// A Mizan log names its keys beside its checkpoint.
    private static List<VerifierKey> named(Source files) throws IOException, Unreadable {
        var keys = files.read("keys");
        return keys.isEmpty()
                ? List.of()
                : keys(new String(keys.get(), StandardCharsets.UTF_8).lines().toList());
    }
}
