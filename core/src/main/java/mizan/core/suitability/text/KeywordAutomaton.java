package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import mizan.core.suitability.text.Token.Ending;
import mizan.core.suitability.text.Token.Kind;

/// All keyword lists of all advertisers, compiled so that a post is read once however many lists there are.
///
/// ```java
/// var lists = KeywordAutomaton.compile(List.of(new KeywordList<>("acme", List.of("إرهاب", "civil war"))));
/// var found = lists.match(Folding.fold("وللإرهاب أسباب"));   // acme -> "إرهاب" at [0, 8)
/// ```
///
/// Immutable and safe to share. Compiling folds each keyword once (about a microsecond each); matching costs
/// what the post's words cost, plus one step for every list that matches.
public final class KeywordAutomaton<L> {
    /// Trie steps for one post. No real lists come near; a list built to explode stops here and the post
    /// counts as unread.
    static final int MAX_STEPS = 1_000_000;

    private final List<KeywordList<L>> lists;
    private final WordTable words = new WordTable();
    private final PhraseTrie phrases = new PhraseTrie();
    private final List<String> unusable = new ArrayList<>();

    private KeywordAutomaton(List<KeywordList<L>> lists) {
        this.lists = List.copyOf(lists);
        for (int list = 0; list < this.lists.size(); list++) {
            var keywords = this.lists.get(list).keywords();
            for (int keyword = 0; keyword < keywords.size(); keyword++) {
                add(keywords.get(keyword), list, keyword);
            }
        }
        phrases.seal();
    }

    /// Compiles lists; their order does not matter. Keywords that can match nothing are left out, see
    /// [#unusable()].
    public static <L> KeywordAutomaton<L> compile(List<KeywordList<L>> lists) {
        return new KeywordAutomaton<>(lists);
    }

    private void add(String raw, int list, int keyword) {
        var tokens = raw.length() <= KeywordList.MAX_KEYWORD_CHARS ? Folding.keyword(raw) : List.<Token>of();
        if (tokens.isEmpty()) {
            unusable.add(raw);
            return;
        }
        phrases.add(tokens.stream().mapToInt(this::symbol).toArray(), list, keyword);
        if (tokens.size() == 1) {
            for (var plural : IrregularPlurals.of(tokens.getFirst().word())) {
                phrases.add(new int[] {2 * words.add(plural)}, list, keyword);
            }
        }
    }

    private int symbol(Token token) {
        return 2 * words.add(token.word()) + (token.ending() == Ending.TA_MARBUTA ? 1 : 0);
    }

    /// Keywords that no post can match: too long, or without a letter, digit or emoji.
    public List<String> unusable() {
        return List.copyOf(unusable);
    }

    /// The first match of every list, earliest in the post's plain reading, else in its other readings.
    public KeywordMatches<L> match(FoldedText post) {
        var found = new LinkedHashMap<L, KeywordMatch>();
        var seen = new BitSet(lists.size());
        boolean all = visit(post, (list, keyword, start, end) -> {
            if (!seen.get(list)) {
                seen.set(list);
                var matched = lists.get(list);
                found.put(matched.id(), new KeywordMatch(matched.keywords().get(keyword), start, end));
            }
        });
        return new KeywordMatches<>(found, all && !post.truncated());
    }

    /// Hands over every match of every list, for raters that weigh several. False if the work limit stopped
    /// it.
    public boolean matchAll(FoldedText post, BiConsumer<L, KeywordMatch> each) {
        return visit(post, (list, keyword, start, end) -> {
            var matched = lists.get(list);
            each.accept(matched.id(), new KeywordMatch(matched.keywords().get(keyword), start, end));
        });
    }

    private boolean visit(FoldedText post, Visitor visitor) {
        var scan = new Scan(visitor);
        boolean all = scan.read(post.tokens());
        for (var reading : post.otherReadings()) {
            all = all && scan.read(reading);
        }
        return all;
    }

    /// Receives one match: list and keyword by number, span in the folded text.
    private interface Visitor {
        void matched(int list, int keyword, int start, int end);
    }

    /// One post's pass. First each token's possible keyword words are looked up, then the phrases are
    /// followed.
    private final class Scan {
        private final Visitor visitor;
        private final Affixes affixes =
                new Affixes((chars, from, to) -> words.find(chars, from, to) != WordTable.ABSENT, this::addSymbols);
        private List<Token> tokens = List.of();
        private int[] symbols = new int[64];
        private int symbolCount;
        private int[] firstSymbol = new int[0];
        private int steps;

        Scan(Visitor visitor) {
            this.visitor = visitor;
        }

        boolean read(List<Token> reading) {
            tokens = reading;
            findSymbols();
            for (int i = 0; i < tokens.size() && steps <= MAX_STEPS; i++) {
                follow(PhraseTrie.ROOT, i, i);
            }
            return steps <= MAX_STEPS;
        }

        private void findSymbols() {
            symbolCount = 0;
            firstSymbol = new int[tokens.size() + 1];
            for (int i = 0; i < tokens.size(); i++) {
                firstSymbol[i] = symbolCount;
                var token = tokens.get(i);
                if (OwnWords.isInTheName(tokens, i)) {
                    affixes.exact(token.word());
                    continue;
                }
                affixes.analyse(token.word(), token.kind(), token.ending(), token.hamza());
                for (var other : token.alternatives()) {
                    affixes.analyse(other, token.kind(), token.ending(), token.hamza());
                }
            }
            firstSymbol[tokens.size()] = symbolCount;
        }

        private void addSymbols(char[] chars, int from, int to, int allowedKeywords) {
            int word = words.find(chars, from, to);
            if (word == WordTable.ABSENT) {
                return;
            }
            if ((allowedKeywords & Affixes.OTHER_KEYWORD) != 0) {
                addSymbol(2 * word);
            }
            if ((allowedKeywords & Affixes.TA_MARBUTA_KEYWORD) != 0) {
                addSymbol(2 * word + 1);
            }
        }

        private void addSymbol(int symbol) {
            if (symbolCount == symbols.length) {
                symbols = Arrays.copyOf(symbols, symbolCount * 2);
            }
            symbols[symbolCount++] = symbol;
        }

        /// Tries every next symbol from `node` at token `at`. Recursion is as deep as a phrase has words;
        /// emoji are skipped in the loop, because a post may have thousands of them in a row.
        private void follow(int node, int first, int at) {
            int here = at;
            while (here < tokens.size() && steps <= MAX_STEPS) {
                if (step(node, first, here) || here == first || tokens.get(here).kind() != Kind.EMOJI) {
                    return;
                }
                here++; // an emoji between two words separates them no more than a comma does
                steps++;
            }
        }

        private boolean step(int node, int first, int at) {
            boolean stepped = false;
            for (int s = firstSymbol[at]; s < firstSymbol[at + 1] && steps <= MAX_STEPS; s++) {
                steps++;
                int child = phrases.child(node, symbols[s]);
                if (child != PhraseTrie.ABSENT) {
                    stepped = true;
                    report(child, first, at);
                    follow(child, first, at + 1);
                }
            }
            return stepped;
        }

        private void report(int node, int first, int last) {
            int start = tokens.get(first).start();
            int end = tokens.get(last).end();
            for (int e = phrases.firstEnd(node); e < phrases.lastEnd(node); e++) {
                visitor.matched(phrases.list(e), phrases.keyword(e), start, end);
            }
        }
    }
}
