package mizan.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks an evidence pack, see docs/formats/evidence.md: that the log's key signed its list of files, that each file
/// is the one in the list, and the proof pack inside it.
final class EvidenceCheck {
    static final String NOTE = "manifest.note";
    private static final String MANIFEST = "manifest.json";
    private static final String PROOF = "proof.zip";

    private final PackFile files;
    private final Findings findings;

    EvidenceCheck(PackFile files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /// @throws Unreadable when there is no pack to check
    void run(Optional<Policy> policy, Optional<Checkpoint> since) throws IOException, Unreadable {
        var bytes = read(MANIFEST);
        var manifest = Json.read(bytes, 0, bytes.length);
        if (manifest.number("v") != 1 || !manifest.text("kind").equals("evidence")) {
            throw new Unreadable(MANIFEST + ": not an evidence pack of version 1");
        }
        var named = proofPack(policy, since);
        var keys = policy.map(Policy::logs).filter(l -> !l.isEmpty()).orElse(named);
        signed(manifest.text("origin"), bytes, keys);
        var listed = new HashSet<>(Set.of(MANIFEST, NOTE));
        for (var file : manifest.get("files").list()) {
            listed.add(file.text("name"));
            file(file);
        }
        for (var name : files.names()) {
            if (!listed.contains(name)) {
                findings.fault(Findings.Check.FILES, name, "is not among the files that were signed for");
            }
        }
    }

    /// Checks the proof pack by itself; answers the keys that it names for its log.
    private List<VerifierKey> proofPack(Optional<Policy> policy, Optional<Checkpoint> since)
            throws IOException, Unreadable {
        var unpacked = Files.createTempFile("mizan-proof", ".zip");
        try {
            Files.write(unpacked, read(PROOF));
            try (var pack = new PackFile(unpacked)) {
                return new PackCheck(pack, findings).run(policy, since);
            }
        } finally {
            Files.delete(unpacked);
        }
    }

    private void signed(String origin, byte[] manifest, List<VerifierKey> keys) throws IOException, Unreadable {
        var note = new String(read(NOTE), StandardCharsets.UTF_8);
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0) {
            throw new Unreadable(NOTE + ": not a signed note");
        }
        var text = note.substring(0, blank + 1);
        var lines = Checkpoint.signatures(note.substring(blank + 2));
        boolean about = text.equals(origin + " evidence pack\n" + Hashes.hex(Hashes.sha256(manifest)) + "\n");
        boolean signed = keys.stream()
                .filter(key -> key.name().equals(origin))
                .anyMatch(key -> lines.stream()
                        .filter(l -> l.name().equals(key.name()) && l.id() == key.id())
                        .anyMatch(l -> key.signed(text, l.bytes())));
        if (about && signed) {
            findings.held(Findings.Check.FILES);
        } else {
            findings.fault(
                    Findings.Check.FILES,
                    NOTE,
                    about ? "is not signed by the log's key" : "is not about " + MANIFEST + " as it is");
        }
    }

    private void file(Json listed) throws IOException, Unreadable {
        var name = listed.text("name");
        long bytes = 0;
        var sha = sha256();
        try (var in = files.open(name)) {
            var part = new byte[1 << 16];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                sha.update(part, 0, n);
                bytes += n;
                if (bytes > listed.number("bytes")) {
                    break;
                }
            }
        }
        if (bytes == listed.number("bytes") && Hashes.hex(sha.digest()).equals(listed.text("sha256"))) {
            findings.held(Findings.Check.FILES);
        } else {
            findings.fault(Findings.Check.FILES, name, "is not the file that was signed for");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    private byte[] read(String name) throws IOException, Unreadable {
        return files.read(name).orElseThrow(() -> new Unreadable("the pack has no " + name));
    }
}
