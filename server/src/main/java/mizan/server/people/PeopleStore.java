package mizan.server.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where people and what they did are kept across restarts. Each call is durable when it returns.
public interface PeopleStore extends AutoCloseable {
    List<Person> people();

    List<Passkey> passkeys();

    List<Invitation> invitations();

    List<Session> sessions();

    List<Device> devices();

    List<WayBack> waysBack();

    List<Identity> identities();

    List<Approval> approvals();

    List<Rule> rules();

    List<SavedView> views();

    void put(SavedView view);

    void drop(SavedView view);

    /// What somebody chose, such as up to when they have read.
    ///
    /// @param owner the person or key
    Optional<String> preference(String owner, String name);

    void prefer(String owner, String name, String value);

    /// Whether a letter was sent.
    ///
    /// @param key of what it says and to whom
    boolean wasWritten(String key);

    void written(String key, Instant at);

    /// Adds a person, or replaces the one of the same id.
    void put(Person person);

    void put(Passkey passkey);

    void put(Invitation invitation);

    void put(Session session);

    void put(Device device);

    void drop(Device device);

    void put(WayBack way);

    void drop(WayBack way);

    void drop(Passkey passkey);

    void put(Identity identity);

    void drop(Identity identity);

    void put(Approval approval);

    void put(Rule rule);

    /// Ends a session.
    void end(String sessionHash);

    /// Makes a person and uses up their invitation, both or neither.
    void join(Person person, Invitation used);

    /// Leaves nothing of a person but what they did, under their id: their passkeys and sessions go, and their name and
    /// addresses from invitations, requests and the audit log.
    ///
    /// @param before as they were
    /// @param after as they are kept from now on
    void erase(Person before, Person after);

    /// Adds a line to the audit log; nothing changes one but [#erase].
    ///
    /// @param act its sequence is given by the store
    void append(Act act);

    /// Lines of the audit log, newest first.
    ///
    /// @param before only those with a smaller sequence
    /// @param advertiser only those of this advertiser; empty for all
    List<Act> acts(long before, int limit, Optional<String> advertiser);

    @Override
    void close();
}
