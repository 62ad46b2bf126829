package mizan.server.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Where documents and the parties' data are kept. Documents are only ever added.
public interface InvoiceStore extends AutoCloseable {
    /// Adds a document under the next number of its kind: both together or neither, so no number is ever left out.
    Document add(Document.Kind kind, LongFunction<Document> numbered);

    /// Oldest first.
    ///
    /// @param advertiser whose; empty for everybody's
    List<Document> all(Optional<String> advertiser);

    /// @param name such as `INV-000001`
    Optional<Document> find(String name);

    /// @param id an advertiser's, or [Party#OPERATOR]
    Optional<Party> party(String id);

    /// What was kept before stays in the file; documents keep what they were issued with.
    void keep(String id, Party party, String actor, Instant at);

    @Override
    void close();
}
