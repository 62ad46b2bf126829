package mizan.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Vouches that logs only grow: C2SP tlog-witness. It remembers the newest checkpoint that it cosigned of each log, and
/// cosigns only what continues it. Whoever runs one need not trust the log, and others need not trust the witness
/// alone.
public final class Witness {
    private static final int MOST_PROOF_LINES = 63;

    private final WitnessKey key;
    private final List<VerifierKey> logs;
    private final WitnessMemory memory;
    private final LongSupplier epochSeconds;

    /// @param logs verifier keys of the logs that it serves
    public Witness(WitnessKey key, List<String> logs, WitnessMemory memory, LongSupplier epochSeconds)
            throws Unreadable {
        this.key = key;
        var read = new ArrayList<VerifierKey>();
        for (var log : logs) {
            read.add(VerifierKey.read(log));
        }
        this.logs = List.copyOf(read);
        this.memory = memory;
        this.epochSeconds = epochSeconds;
    }

    /// An HTTP answer.
    public record Answer(int status, String contentType, String body) {
        private static Answer of(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body);
        }

        private static Answer conflict(long size) {
            return new Answer(409, "text/x.tlog.size", size + "\n");
        }
    }

    /// Answers `add-checkpoint`. One request at a time: what was checked must still be so when it is written down.
    public synchronized Answer addCheckpoint(byte[] body) throws IOException {
        Request request;
        try {
            request = Request.read(body);
        } catch (Unreadable e) {
            return Answer.of(400, e.getMessage() + "\n");
        }
        var checkpoint = request.checkpoint();
        var keys =
                logs.stream().filter(k -> k.name().equals(checkpoint.origin())).toList();
        if (keys.isEmpty()) {
            return Answer.of(404, "this witness does not serve that log\n");
        }
        if (checkpoint.signers(keys).isEmpty()) {
            return Answer.of(403, "the log did not sign that\n");
        }
        if (request.old() > checkpoint.size()) {
            return Answer.of(400, "the old size is above the new one\n");
        }
        var known = memory.newest(checkpoint.origin());
        long knownSize = known.map(WitnessMemory.Head::size).orElse(0L);
        if (request.old() != knownSize) {
            return Answer.conflict(knownSize);
        }
        var knownRoot = known.map(WitnessMemory.Head::root).orElseGet(Hashes::sha256);
        if (knownSize == checkpoint.size() && !Hashes.same(knownRoot, checkpoint.root())) {
            return Answer.conflict(knownSize);
        }
        if (!Proofs.consistent(knownSize, knownRoot, checkpoint.size(), checkpoint.root(), request.proof())) {
            return Answer.of(422, "that does not continue what was cosigned before\n");
        }
        memory.remember(checkpoint.origin(), new WitnessMemory.Head(checkpoint.size(), checkpoint.root()));
        return Answer.of(200, key.cosign(checkpoint, epochSeconds.getAsLong()));
    }

    private record Request(long old, List<byte[]> proof, Checkpoint checkpoint) {
        static Request read(byte[] body) throws Unreadable {
            var text = new String(body, StandardCharsets.UTF_8);
            int blank = text.indexOf("\n\n");
            if (blank < 0 || !text.startsWith("old ")) {
                throw new Unreadable("the body is an old size, a proof, an empty line, and a checkpoint");
            }
            var lines = text.substring(0, blank).split("\n");
            if (lines.length > 1 + MOST_PROOF_LINES) {
                throw new Unreadable("a proof has at most " + MOST_PROOF_LINES + " lines");
            }
            long old = Checkpoint.size(lines[0].substring("old ".length()));
            var proof = new ArrayList<byte[]>();
            for (int i = 1; i < lines.length; i++) {
                var hash = Hashes.base64(lines[i]);
                if (hash.length != Hashes.BYTES) {
                    throw new Unreadable("a line of the proof is a hash");
                }
                proof.add(hash);
            }
            var note = text.substring(blank + 2).getBytes(StandardCharsets.UTF_8);
            return new Request(old, proof, Checkpoint.read(note));
        }
    }

    /// How others name this witness.
    public String verifierKey() {
        return key.verifierKey();
    }

    /// What it cosigned last of a log.
    public Optional<Long> size(String origin) throws IOException {
        return memory.newest(origin).map(WitnessMemory.Head::size);
    }
}
