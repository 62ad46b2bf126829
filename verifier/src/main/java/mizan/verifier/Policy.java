package mizan.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which logs and witnesses one trusts, and how many of the witnesses must have cosigned: C2SP tlog-policy.
///
/// @param witnesses by their name in the policy
/// @param quorum a name of a witness or a group, or `none`
record Policy(List<VerifierKey> logs, Map<String, VerifierKey> witnesses, Map<String, Group> groups, String quorum) {
    private static final String NONE = "none";

    record Group(int least, List<String> members) {}

    /// Logs alone, no witness asked for.
    static Policy of(List<VerifierKey> logs) {
        return new Policy(logs, Map.of(), Map.of(), NONE);
    }

    static Policy read(String text) throws Unreadable {
        var logs = new ArrayList<VerifierKey>();
        var witnesses = new HashMap<String, VerifierKey>();
        var groups = new HashMap<String, Group>();
        var members = new HashSet<String>();
        String quorum = "";
        for (var line : text.split("\n")) {
            var words = line.strip().split("[ \t]+");
            switch (words[0].startsWith("#") ? "" : words[0]) {
                case "" -> {}
                case "log" -> logs.add(VerifierKey.read(word(words, 1)));
                case "witness" -> {
                    requireNew(word(words, 1), witnesses, groups);
                    var key = VerifierKey.read(word(words, 2));
                    if (witnesses.values().stream().anyMatch(w -> Hashes.same(w.key(), key.key()))) {
                        throw new Unreadable("the policy counts the key of " + key.name() + " twice");
                    }
                    witnesses.put(words[1], key);
                }
                case "group" -> {
                    requireNew(word(words, 1), witnesses, groups);
                    groups.put(words[1], group(words, witnesses, groups, members));
                }
                case "quorum" -> {
                    if (!quorum.isEmpty() || !known(word(words, 1), witnesses, groups)) {
                        throw new Unreadable("the policy's quorum is there twice, or unknown");
                    }
                    quorum = words[1];
                }
                default -> throw new Unreadable("the policy has no line \"" + words[0] + "\"");
            }
        }
        if (quorum.isEmpty()) {
            throw new Unreadable("the policy has no quorum line");
        }
        return new Policy(List.copyOf(logs), Map.copyOf(witnesses), Map.copyOf(groups), quorum);
    }

    private static Group group(
            String[] words, Map<String, VerifierKey> witnesses, Map<String, Group> groups, Set<String> taken)
            throws Unreadable {
        var members = List.of(words).subList(Math.min(3, words.length), words.length);
        for (var member : members) {
            if (member.equals(NONE) || !known(member, witnesses, groups) || !taken.add(member)) {
                throw new Unreadable("the policy's group " + words[1] + " has a member that is unknown or used twice");
            }
        }
        int least = switch (word(words, 2)) {
            case "any" -> 1;
            case "all" -> members.size();
            default -> words[2].matches("[1-9][0-9]{0,3}") ? Integer.parseInt(words[2]) : 0;
        };
        if (least < 1 || least > members.size()) {
            throw new Unreadable("the policy's group " + words[1] + " asks for none of its members, or too many");
        }
        return new Group(least, members);
    }

    private static String word(String[] words, int place) throws Unreadable {
        if (words.length <= place) {
            throw new Unreadable("a line of the policy is too short: " + String.join(" ", words));
        }
        return words[place];
    }

    private static void requireNew(String name, Map<String, VerifierKey> witnesses, Map<String, Group> groups)
            throws Unreadable {
        if (known(name, witnesses, groups)) {
            throw new Unreadable("the policy defines " + name + " twice");
        }
    }

    private static boolean known(String name, Map<String, VerifierKey> witnesses, Map<String, Group> groups) {
        return name.equals(NONE) || witnesses.containsKey(name) || groups.containsKey(name);
    }

    boolean asksWitnesses() {
        return !quorum.equals(NONE);
    }

    /// Whether enough witnesses cosigned.
    boolean witnessed(Checkpoint checkpoint) {
        return !asksWitnesses() || witnessed(quorum, checkpoint);
    }

    private boolean witnessed(String name, Checkpoint checkpoint) {
        var group = groups.get(name);
        if (group != null) {
            return group.members().stream()
                            .filter(m -> witnessed(m, checkpoint))
                            .count()
                    >= group.least();
        }
        var key = witnesses.get(name);
        return key != null && checkpoint.standing(key) == Checkpoint.Standing.SIGNED;
    }
}
