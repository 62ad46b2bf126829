package mizan.core.receipt;

import java.time.Instant;
import java.util.Optional;
import mizan.core.traffic.InvalidTraffic;

/// Something that happened to a placed ad, as told by its token.
///
/// @param at when the server received it; what a browser's clock says is not trusted
/// @param invalid why it is kept, and neither counted nor charged; empty for an event of a reader
public record AdEvent(ImpressionId impression, Kind kind, Instant at, Optional<InvalidTraffic> invalid) {
    /// An event of a reader.
    public AdEvent(ImpressionId impression, Kind kind, Instant at) {
        this(impression, kind, at, Optional.empty());
    }

    /// Each kind counts once per impression; what a reader chooses may be taken back and chosen again. The order of
    /// the constants is the order on the wire; append only.
    public enum Kind {
        RENDERED,
        VIEWABLE,
        CLICK,
        HIDE,
        /// Hides this ad's advertiser with all its ads.
        HIDE_ADVERTISER,
        /// Takes back what was hidden by this impression.
        SHOW_AGAIN;

        /// Whether a reader chose it, so that the last one counts.
        public boolean isChoice() {
            return this == HIDE || this == HIDE_ADVERTISER || this == SHOW_AGAIN;
        }
    }
}
