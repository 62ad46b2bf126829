package mizan.log;

import java.io.IOException;

/// The log would have had to contradict what it signed before.
public final class ForkPrevented extends IOException {
    private static final long serialVersionUID = 1;

    ForkPrevented(String message) {
        super(message);
    }
}
