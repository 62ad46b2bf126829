package mizan.server.mail;

/// A letter in plain text.
///
/// @param to an e-mail address
/// @param subject on one line
public record Letter(String to, String subject, String body) {
    public Letter {
        // Whatever a name holds, it begins no header of its own.
        subject = subject.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
