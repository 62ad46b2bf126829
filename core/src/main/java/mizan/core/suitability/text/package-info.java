/// What a post says, and whether a keyword that an advertiser excluded occurs in it.
///
/// Text from people hides words on purpose and by accident: vowel marks, stretched letters, invisible
/// characters, look-alikes. [mizan.core.suitability.text.Folding] takes these away and cuts the rest into
/// tokens; [mizan.core.suitability.text.KeywordAutomaton] matches all lists of all advertisers against one
/// folded post in one pass. Matching is on whole tokens with a closed set of inflections
/// ([mizan.core.suitability.text.Affixes]), never on substrings and never by stemming both sides: both were
/// measured to block harmless posts. `docs/suitability-text.md` lists what matches and what does not.
///
/// Start with [mizan.core.suitability.text.KeywordAutomaton].
@org.jspecify.annotations.NullMarked
package mizan.core.suitability.text;
