package mizan.server.console.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The form of terms, what it would change, and what that would have done.
///
/// @param inForce the version that it starts from; empty for new terms
/// @param owners whom new terms may be for
/// @param languages to choose from, by code with their names
/// @param wrong lines and fields that cannot be used; nothing is saved while there are any
/// @param differences against the version in force; empty before the form was looked at, and when nothing differs
/// @param looked whether the form was looked at
public record TermsEdit(
        Optional<TermsPage.Row> inForce,
        List<Owner> owners,
        Map<String, String> languages,
        Form form,
        List<Wrong> wrong,
        List<Difference> differences,
        boolean looked,
        Optional<TermsPage.Trial> trial) {
    public TermsEdit {
        owners = List.copyOf(owners);
        wrong = List.copyOf(wrong);
        differences = List.copyOf(differences);
    }

    public record Owner(String id, String name) {}

    /// What stands in the form.
    ///
    /// @param maxTier such as `LOW`; empty for the one of the preset
    /// @param topics the tier of each topic's code; empty where it is as the rest
    /// @param keywords one a line, and so the next two
    /// @param lists shared lists that it takes
    /// @param listsJson the same with their entries, to be sent back
    public record Form(
            String advertiser,
            String name,
            Suitability preset,
            String maxTier,
            Map<String, String> topics,
            String keywords,
            String authors,
            String communities,
            Set<String> languages,
            int before,
            int after,
            List<TermsPage.Taken> lists,
            String listsJson,
            String reason,
            boolean signs) {
        public Form {
            topics = Map.copyOf(topics);
            languages = Set.copyOf(languages);
            lists = List.copyOf(lists);
        }
    }

    /// @param field whose words are `edit.field.*`
    /// @param line from 1; 0 when it is not about one line
    /// @param text what stands there, shortened
    /// @param problem whose words are `edit.wrong.*`
    public record Wrong(String field, int line, String text, String problem) {}

    /// One thing that differs: a value, or entries of a list.
    ///
    /// @param removed and `added`: the first of them; the counts say how many there are
    public record Difference(
            String label, String from, String to, List<String> removed, List<String> added, int gone, int come) {
        public Difference {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }
}
