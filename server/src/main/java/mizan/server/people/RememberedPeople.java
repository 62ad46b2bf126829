package mizan.server.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// People who are forgotten when the process ends, as in the demo.
public final class RememberedPeople implements PeopleStore {
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Passkey> passkeys = new LinkedHashMap<>();
    private final Map<String, Invitation> invitations = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, WayBack> waysBack = new LinkedHashMap<>();
    private final Map<String, Identity> identities = new LinkedHashMap<>();
    private final Map<String, Approval> approvals = new LinkedHashMap<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, SavedView> views = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> preferences = new LinkedHashMap<>();
    private final Map<String, Instant> letters = new LinkedHashMap<>();
    private final List<Act> acts = new ArrayList<>();

    @Override
    public synchronized List<Person> people() {
        return List.copyOf(people.values());
    }

    @Override
    public synchronized List<Passkey> passkeys() {
        return List.copyOf(passkeys.values());
    }

    @Override
    public synchronized List<Invitation> invitations() {
        return List.copyOf(invitations.values());
    }

    @Override
    public synchronized List<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    @Override
    public synchronized List<Device> devices() {
        return List.copyOf(devices.values());
    }

    @Override
    public synchronized List<WayBack> waysBack() {
        return List.copyOf(waysBack.values());
    }

    @Override
    public synchronized List<Identity> identities() {
        return List.copyOf(identities.values());
    }

    @Override
    public synchronized void put(Identity identity) {
        identities.put(identity.issuer() + " " + identity.subject(), identity);
    }

    @Override
    public synchronized void drop(Identity identity) {
        identities.remove(identity.issuer() + " " + identity.subject());
    }

    @Override
    public synchronized List<Approval> approvals() {
        return List.copyOf(approvals.values());
    }

    @Override
    public synchronized List<Rule> rules() {
        return List.copyOf(rules.values());
    }

    @Override
    public synchronized void put(Person person) {
        people.put(person.id(), person);
    }

    @Override
    public synchronized void put(Passkey passkey) {
        passkeys.put(passkey.id(), passkey);
    }

    @Override
    public synchronized void put(Invitation invitation) {
        invitations.put(invitation.hash(), invitation);
    }

    @Override
    public synchronized void put(Session session) {
        sessions.put(session.hash(), session);
    }

    @Override
    public synchronized void put(Device device) {
        devices.put(device.hash() + " " + device.person(), device);
    }

    @Override
    public synchronized void drop(Device device) {
        devices.remove(device.hash() + " " + device.person());
    }

    @Override
    public synchronized void put(WayBack way) {
        waysBack.put(way.hash(), way);
    }

    @Override
    public synchronized void drop(WayBack way) {
        waysBack.remove(way.hash());
    }

    @Override
    public synchronized void drop(Passkey passkey) {
        passkeys.remove(passkey.id());
    }

    @Override
    public synchronized void put(Approval approval) {
        approvals.put(approval.id(), approval);
    }

    @Override
    public synchronized void put(Rule rule) {
        rules.put(rule.advertiser() + " " + rule.kind(), rule);
    }

    @Override
    public synchronized List<SavedView> views() {
        return List.copyOf(views.values());
    }

    @Override
    public synchronized void put(SavedView view) {
        views.put(view.id(), view);
    }

    @Override
    public synchronized void drop(SavedView view) {
        views.remove(view.id());
    }

    @Override
    public synchronized Optional<String> preference(String owner, String name) {
        return Optional.ofNullable(preferences.getOrDefault(owner, Map.of()).get(name));
    }

    @Override
    public synchronized void prefer(String owner, String name, String value) {
        preferences.computeIfAbsent(owner, _ -> new LinkedHashMap<>()).put(name, value);
    }

    @Override
    public synchronized boolean wasWritten(String key) {
        return letters.containsKey(key);
    }

    @Override
    public synchronized void written(String key, Instant at) {
        letters.put(key, at);
    }

    @Override
    public synchronized void end(String sessionHash) {
        sessions.remove(sessionHash);
    }

    @Override
    public synchronized void join(Person person, Invitation used) {
        put(person);
        put(used);
    }

    @Override
    public synchronized void erase(Person before, Person after) {
        var names = Stream.concat(
                        Stream.of(before.name()),
                        invitations.values().stream()
                                .filter(i -> i.made(before))
                                .map(Invitation::name))
                .collect(Collectors.toSet());
        people.put(after.id(), after);
        passkeys.values().removeIf(p -> p.person().equals(after.id()));
        sessions.values().removeIf(s -> s.person().equals(after.id()));
        devices.values().removeIf(d -> d.person().equals(after.id()));
        identities.values().removeIf(i -> i.person().equals(after.id()));
        waysBack.values().removeIf(w -> w.person().equals(after.id()));
        views.values().removeIf(v -> v.owner().equals(after.id()));
        preferences.remove(after.id());
        invitations.replaceAll((_, i) -> i.made(before) ? i.unnamed() : i);
        approvals.replaceAll((_, a) -> a.unnamed(after.id()));
        acts.replaceAll(a -> a.unnamed(before, names));
    }

    @Override
    public synchronized void append(Act act) {
        acts.add(new Act(
                acts.size() + 1L,
                act.at(),
                act.actor(),
                act.name(),
                act.operation(),
                act.subject(),
                act.advertiser(),
                act.before(),
                act.after(),
                act.from(),
                act.requestId()));
    }

    @Override
    public synchronized List<Act> acts(long before, int limit, Optional<String> advertiser) {
        return acts.reversed().stream()
                .filter(a -> a.sequence() < before)
                .filter(a -> advertiser.isEmpty() || advertiser.equals(a.advertiser()))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
