package mizan.server.http;

/// Which data a key opens; the two never meet.
public enum Mode {
    TEST,
    LIVE
}
