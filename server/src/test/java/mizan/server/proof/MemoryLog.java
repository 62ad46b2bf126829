package mizan.server.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mizan.log.Checkpoint;
import mizan.log.EntrySource;
import mizan.log.LogKey;
import mizan.log.LogStore;
import mizan.log.SealedLog;
import mizan.log.Witnesses;
import mizan.verifier.Witness;

/// A log in memory, whose operator may do what it likes with its entries.
final class MemoryLog implements EntrySource, LogStore {
    final List<byte[]> entries;
    final Map<String, byte[]> files = new HashMap<>();

    MemoryLog(List<byte[]> entries) {
        this.entries = new ArrayList<>(entries);
    }

    /// Seals all entries and asks a witness, saying that it cosigned `old` before; answers what the witness answered.
    Witness.Answer submit(LogKey key, Witness witness, long old) throws IOException {
        var answers = new ArrayList<Witness.Answer>();
        Witnesses asking = (checkpoint, note, proofs) -> {
            answers.add(witness.addCheckpoint(body(checkpoint, note, proofs, old)));
            return List.of();
        };
        SealedLog.open(this, this, List.of(key)).seal(1, asking);
        return answers.getFirst();
    }

    private static byte[] body(Checkpoint checkpoint, String note, Witnesses.Proofs proofs, long old)
            throws IOException {
        var text = new StringBuilder("old " + old + "\n");
        for (var hash : proofs.from(Math.min(old, checkpoint.size()))) {
            text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return text.append('\n').append(note).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public List<byte[]> read(long from, long to) {
        return List.copyOf(entries.subList((int) from, (int) to));
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void write(String name, byte[] bytes) {
        files.put(name, bytes);
    }

    @Override
    public void force() {}

    @Override
    public void deleteFolder(String folder) {
        files.keySet().removeIf(name -> name.startsWith(folder));
    }
}
