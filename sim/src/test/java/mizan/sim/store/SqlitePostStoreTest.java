package mizan.sim.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mizan.server.rating.PostStore;
import mizan.server.store.SqlitePostStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store of an embedded server, closed and opened again as its process would.
class SqlitePostStoreTest extends PostStoreContract {
    @TempDir
    Path folder;

    @Override
    PostStore empty() {
        return SqlitePostStore.open(folder.resolve("posts.db"));
    }

    @Override
    PostStore reopened(PostStore before) {
        before.close();
        return SqlitePostStore.open(folder.resolve("posts.db"));
    }

    @Test
    void givenAPostThatIsErased_whenItsFilesAreSearched_thenItsWordsAndSaltAreInNone() throws Exception {
        var store = empty();
        var post = post("p1", "words-to-be-forgotten", "salt-to-be-forgotten", 0);
        store.append(List.of(post));
        assertTrue(inFiles("words-to-be-forgotten"), "kept words are in a file");
        assertEquals(1, store.erase(List.of("p1")));
        for (var gone : List.of("words-to-be-forgotten", "salt-to-be-forgotten", "@author-p1", "evidence-p1")) {
            assertFalse(inFiles(gone), gone);
        }
        assertTrue(inFiles(post.commitment()), "the commitment stays");
        store.close();
    }

    private boolean inFiles(String text) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
