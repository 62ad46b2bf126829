package mizan.server.console.page;

import mizan.server.console.words.Worded;

/// What a campaign offers to pay.
///
/// @param kind   what is paid for
/// @param micros the offer: for 1,000 impressions, or for one click
public record Bid(Kind kind, long micros) {
    /// What is paid for.
    public enum Kind implements Worded {
        CPM("bid.cpm"),
        VIEWABLE_CPM("bid.vcpm"),
        CPC("bid.cpc");

        private final String wordKey;

        Kind(String wordKey) {
            this.wordKey = wordKey;
        }

        @Override
        public String wordKey() {
            return wordKey;
        }
    }
}
