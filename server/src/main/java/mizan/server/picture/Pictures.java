package mizan.server.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mizan.core.campaign.Book;
import mizan.core.campaign.Creative;
import mizan.core.campaign.ReviewStatus;
import mizan.core.campaign.Touched;
import mizan.log.Sha256;
import mizan.server.http.FairShare;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.picture.redraw.Limits;
import mizan.server.picture.redraw.Redrawn;

/// The pictures of ads. Whatever is sent is drawn anew before it is kept; what is kept is named by its content, so a
/// name always shows the same.
public final class Pictures implements AutoCloseable {
    /// How long a picture is kept that no creative names.
    public static final Duration KEPT = Duration.ofDays(30);
    /// Pictures in all, some 20 GB at most.
    private static final int MOST = 20_000;

    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private final PictureStore store;
    private final Supplier<Book> book;
    private final InstantSource time;
    private final Helper helper = new Helper();
    private final Map<String, StoredPicture> byName = new ConcurrentHashMap<>();
    private final Map<String, StoredPicture> bySource = new ConcurrentHashMap<>();
    private volatile Set<String> shown = Set.of();
    private Instant nextLook = Instant.MIN;

    /// @param book what is booked now
    public Pictures(PictureStore store, Supplier<Book> book, InstantSource time) {
        this.store = store;
        this.book = book;
        this.time = time;
        store.all().forEach(this::remember);
    }

    private void remember(StoredPicture picture) {
        byName.put(picture.name(), picture);
        bySource.put(picture.source(), picture);
    }

    /// Takes what was sent as a picture; the same again is the same picture.
    ///
    /// @param tenant the advertiser who sends it; empty for the platform
    /// @throws mizan.server.http.Refused with what is wrong and what to do
    public StoredPicture take(byte[] sent, Optional<String> tenant) {
        if (sent.length == 0) {
            throw Problem.of(ProblemCode.PICTURE_MISSING).refused();
        }
        if (sent.length > Limits.SENT_BYTES) {
            throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, Integer.toString(Limits.SENT_BYTES))
                    .refused();
        }
        var source = Sha256.hex(sent);
        var known = bySource.get(source);
        if (known != null) {
            store.needed(Set.of(known.name()), time.instant());
            return known;
        }
        if (!FairShare.hasRoom(tenant, MOST, byName.size(), sentBy(tenant))) {
            throw Problem.of(ProblemCode.LIMIT_EXCEEDED, MOST + " pictures").refused();
        }
        return switch (helper.redraw(sent)) {
            case Redrawn.Picture picture -> keep(picture, source, tenant);
            case Redrawn.Refused refused -> throw problem(refused).refused();
        };
    }

    /// Keeps a picture that we made ourselves.
    public StoredPicture keep(Redrawn.Picture own) {
        return keep(own, Sha256.hex(own.bytes()), Optional.empty());
    }

    private long sentBy(Optional<String> tenant) {
        return byName.values().stream().filter(p -> p.tenant().equals(tenant)).count();
    }

    private StoredPicture keep(Redrawn.Picture picture, String source, Optional<String> tenant) {
        var stored = new StoredPicture(
                Sha256.hex(picture.bytes()) + '.' + picture.format().suffix(),
                source,
                picture.width(),
                picture.height(),
                picture.frames(),
                picture.centis(),
                picture.bytes().length,
                time.instant(),
                tenant);
        store.put(stored, picture.bytes());
        remember(stored);
        return stored;
    }

    private static Problem problem(Redrawn.Refused refused) {
        var code = switch (refused.reason()) {
            case NOT_A_PICTURE -> ProblemCode.PICTURE_TYPE;
            case HOLDS_A_PROGRAM -> ProblemCode.PICTURE_HOLDS_PROGRAM;
            case UNREADABLE -> ProblemCode.PICTURE_UNREADABLE;
            case SIZE -> ProblemCode.PICTURE_SIZE;
            case SHAPE -> ProblemCode.PICTURE_SHAPE;
            case MOTION -> ProblemCode.PICTURE_MOTION;
            case TOO_MUCH_WORK -> ProblemCode.PICTURE_TOO_MUCH_WORK;
        };
        return Problem.of(code, refused.facts().toArray(String[]::new));
    }

    public Optional<StoredPicture> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Its content, if it is still what its name says.
    public Optional<byte[]> bytes(StoredPicture picture) {
        return store.bytes(picture.name()).filter(bytes -> picture.name().startsWith(Sha256.hex(bytes)));
    }

    /// Whether anybody may see it: an approved creative shows it. Before its review, and after it was taken down, a
    /// picture is for those who have come in.
    public boolean isPublic(StoredPicture picture) {
        return shown.contains(picture.name());
    }

    /// The book has changed.
    public void changed(Book now, Touched touched) {
        if (!touched.creatives().isEmpty()) {
            shown = now.creatives().values().stream()
                    .filter(c -> c.review() == ReviewStatus.APPROVED)
                    .flatMap(Creative::pictures)
                    .map(Creative.Picture::name)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /// Removes what nobody needs any more. Cheap when it was done within the hour.
    public void tick(Instant now) {
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(BETWEEN_LOOKS);
        var named = new HashSet<String>();
        book.get().creatives().values().forEach(c -> c.pictures().forEach(p -> named.add(p.name())));
        named.retainAll(byName.keySet());
        store.needed(named, now);
        store.neededLastBefore(now.minus(KEPT)).forEach(this::remove);
    }

    private void remove(String name) {
        var gone = byName.remove(name);
        if (gone != null) {
            bySource.remove(gone.source());
        }
        store.remove(name);
    }

    @Override
    public void close() {
        store.close();
    }
}
