package mizan.core.receipt;

import java.time.Instant;

/// Something that happened to a placed ad, as told by its token.
///
/// @param at when the server received it; what a browser's clock says is not trusted
public record AdEvent(ImpressionId impression, Kind kind, Instant at) {
    /// Each kind counts once per impression. The order of the constants is the order on the wire; append
    /// only.
    public enum Kind {
        RENDERED,
        VIEWABLE,
        CLICK,
        HIDE
    }
}
