package mizan.server.picture.redraw;

/// What a picture may be. The words of refusals and of the form quote these numbers.
public final class Limits {
    /// Bytes that may be sent: what phones make.
    public static final int SENT_BYTES = 5 << 20;
    /// Pixels on each side: less is not seen in a feed.
    public static final int LEAST_SIDE = 64;

    public static final int MOST_SIDE = 8_192;
    /// Pixels in all, 4,096 by 4,096. With 16 bits a channel that is 128 MiB in the helper's memory.
    public static final int MOST_PIXELS = 1 << 24;
    /// Heights to a width: what is taller fills a phone's screen, and the feed is the reader's.
    public static final double TALLEST = 1.5;
    /// Widths to a height.
    public static final double WIDEST = 4;

    /// Longest side as it is kept: twice the width of a feed's column, for screens of double density.
    public static final int KEPT_SIDE = 1_600;
    /// Bytes as it is kept, which each reader loads.
    public static final int KEPT_BYTES = 1 << 20;

    /// For moving pictures, which are kept in their own size.
    public static final int MOVING_SIDE = 1_200;

    public static final int MOVING_BYTES = 2 << 20;
    public static final int FRAMES = 250;
    /// Pixels of all frames together.
    public static final int MOVING_PIXELS = 50_000_000;
    /// How long it may move, repetitions included: what moves for longer beside what is read needs a way to stop it
    /// (WCAG 2.2, success criterion 2.2.2), and pages of others have none.
    public static final int MOTION_CENTIS = 500;

    private Limits() {}
}
