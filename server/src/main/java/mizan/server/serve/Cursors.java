package mizan.server.serve;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import mizan.core.campaign.PlacementId;
import mizan.core.feed.Session;
import mizan.server.accounting.KeyedHashes;
import mizan.server.accounting.Tokens;

/// What a reader has seen, carried from page to page by the caller and signed, so that spacing and load hold
/// across pages without a server remembering anybody.
///
/// Hashed with a key of the ring that tokens are signed by ([KeyedHashes]); its first byte keeps the two apart.
/// Good for one placement and for an hour.
public final class Cursors {
    /// How long a reader may rest between two pages of one session.
    public static final Duration LIFE = Duration.ofHours(1);

    /// More than any cursor has.
    public static final int MAX_CHARS = 800;

    private static final byte KIND = (byte) 0xC1;

    private final Tokens.KeyRing keys;
    private final KeyedHashes hashes;

    public Cursors(Tokens.KeyRing keys) {
        this.keys = keys;
        this.hashes = new KeyedHashes(keys);
    }

    public String sign(PlacementId placement, Session session, Instant now) {
        var bytes = new ByteArrayOutputStream(128);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(KIND);
            out.writeByte(keys.current());
            out.writeLong(now.plus(LIFE).toEpochMilli());
            out.writeUTF(placement.value());
            out.writeInt(session.posts());
            out.writeInt(session.ads());
            out.writeLong(session.halfLeftPpm());
            out.writeBoolean(session.last().isPresent());
            if (session.last().isPresent()) {
                var last = session.last().get();
                out.writeInt(last.postsSince());
                out.writeInt(last.secondsSince());
                out.writeUTF(last.advertiser());
                out.writeUTF(last.industry());
            }
            var payload = bytes.toByteArray();
            out.write(hashes.of(keys.current(), payload, payload.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /// The session, or nothing when the text is not exactly one that [#sign] wrote for this placement less
    /// than [#LIFE] ago.
    public Optional<Session> read(PlacementId placement, String cursor, Instant now) {
        if (cursor.length() > MAX_CHARS) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        boolean signed = all.length > 2 + KeyedHashes.BYTES
                && all[0] == KIND
                && hashes.knows(all[1] & 0xFF)
                && hashes.signed(all[1] & 0xFF, all);
        return signed ? session(placement, all, now) : Optional.empty();
    }

    private static Optional<Session> session(PlacementId placement, byte[] signed, Instant now) {
        try (var in = new DataInputStream(new ByteArrayInputStream(signed, 2, signed.length - 2))) {
            boolean expired = in.readLong() <= now.toEpochMilli();
            if (!in.readUTF().equals(placement.value()) || expired) {
                return Optional.empty();
            }
            int posts = in.readInt();
            int ads = in.readInt();
            long halfLeftPpm = in.readLong();
            return Optional.of(new Session(
                    posts,
                    ads,
                    in.readBoolean()
                            ? Optional.of(new Session.LastAd(in.readInt(), in.readInt(), in.readUTF(), in.readUTF()))
                            : Optional.empty(),
                    halfLeftPpm));
        } catch (IOException e) {
            throw new UncheckedIOException("a signed cursor that cannot be read", e);
        }
    }
}
