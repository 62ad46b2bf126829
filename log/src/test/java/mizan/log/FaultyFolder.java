package mizan.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// A folder whose power may fail at any call: what was not forced is then kept or lost, file by file.
final class FaultyFolder implements LogStore {
    private final SplittableRandom random;
    private final Map<String, byte[]> files;
    private final Map<String, Optional<byte[]>> unforced = new HashMap<>();
    private int callsLeft;

    FaultyFolder(SplittableRandom random, Map<String, byte[]> files, int callsLeft) {
        this.random = random;
        this.files = new HashMap<>(files);
        this.callsLeft = callsLeft;
    }

    /// A write or force that never returned.
    static final class PowerCut extends IOException {
        private static final long serialVersionUID = 1;

        PowerCut() {
            super("the power is gone");
        }
    }

    private void call() throws PowerCut {
        if (callsLeft-- <= 0) {
            throw new PowerCut();
        }
    }

    /// What is found after the power is back.
    Map<String, byte[]> survivors() {
        var found = new HashMap<>(files);
        unforced.forEach((name, before) -> {
            if (random.nextBoolean()) {
                before.ifPresentOrElse(b -> found.put(name, b), () -> found.remove(name));
            }
        });
        return found;
    }

    Map<String, byte[]> files() {
        return files;
    }

    Set<String> names() {
        return new HashSet<>(files.keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
        call();
        unforced.putIfAbsent(name, Optional.ofNullable(files.get(name)));
        files.put(name, bytes);
    }

    @Override
    public void force() throws IOException {
        call();
        unforced.clear();
    }

    @Override
    public void deleteFolder(String folder) throws IOException {
        call();
        files.keySet().removeIf(name -> name.startsWith(folder));
    }
}
