package mizan.server.mail;

/// Takes letters to people.
public interface Post {
    /// Hands a letter over; when it returns, another server has taken it.
    void send(Letter letter) throws Undelivered;

    /// Nobody took a letter.
    final class Undelivered extends Exception {
        private static final long serialVersionUID = 1L;

        Undelivered(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
