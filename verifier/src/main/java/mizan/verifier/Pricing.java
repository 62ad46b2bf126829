package mizan.verifier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;

/// Whether a receipt's page was filled by its own bids, and whether its price is what the others lost (VCG), see
/// docs/formats/receipt.md, "The price".
final class Pricing {
    private static final int AUCTION_TIER = 2;

    private final Receipt receipt;
    private final Page page;
    private final Auction auction;
    private boolean proved = true;

    Pricing(Receipt receipt, Page page) {
        this.receipt = receipt;
        this.page = page;
        this.auction = new Auction(receipt, page);
    }

    /// What does not hold; empty when all does.
    ///
    /// @param ownSlots where the billed ad's terms let it stand
    /// @param open where anybody may stand
    Optional<String> fault(long[] ownSlots, long[] open) {
        var form = form();
        if (form.isPresent()) {
            return form;
        }
        if (!Arrays.equals(receipt.slots().get(own().slots()), ownSlots)) {
            return Optional.of("the slots said to be open to the ad are not those that its terms allow");
        }
        var value = worth(offer(), receipt.bid().sampled());
        if (value != own().value()) {
            return Optional.of("its value is said to be " + own().value() + ", its bid and pace give " + value);
        }
        var arrangement = arrangement();
        return arrangement.isPresent() ? arrangement : price(open);
    }

    /// Whether a price without a fault was shown to be the one that follows from the page; if not, it is only known
    /// to be no more than the offer, because the search for the best page was cut short.
    boolean proved() {
        return proved;
    }

    private Receipt.Bidder own() {
        return receipt.bidders().get(receipt.own());
    }

    private Optional<String> form() {
        int bidders = receipt.bidders().size();
        if (receipt.own() >= bidders
                || page.maxAds > receipt.placement().factors().size()) {
            return Optional.of("it names a bidder or a position that it does not have");
        }
        for (var bidder : receipt.bidders()) {
            if (bidder.slots() >= receipt.slots().size() || auction.net(bidder) < 0) {
                return Optional.of("a bidder has no slots, or is worth less than the floor");
            }
        }
        return Optional.empty();
    }

    /// The winners keep every rule of the page, and no other choice of ads was worth more.
    private Optional<String> arrangement() {
        var worth = new long[5];
        var industries = new HashSet<Integer>();
        int from = page.firstSlot;
        int nth = 0;
        boolean billed = false;
        if (receipt.winners().size() > page.maxAds) {
            return Optional.of("there are more ads on the page than its placement allows");
        }
        for (var winner : receipt.winners()) {
            if (winner.bidder() >= receipt.bidders().size()) {
                return Optional.of("a winner is not among the bidders");
            }
            var bidder = receipt.bidders().get(winner.bidder());
            if (winner.slot() < from || winner.slot() > page.lastSlot) {
                return Optional.of("the ad after post " + winner.slot() + " stands too near to another, or to an end");
            }
            if (!Receipt.contains(receipt.slots().get(bidder.slots()), winner.slot())
                    || !industries.add(bidder.industry())) {
                return Optional.of("the ad after post " + winner.slot() + " may not stand there");
            }
            billed |= winner.bidder() == receipt.own() && winner.slot() == receipt.slot() && winner.funded();
            worth[bidder.tier()] += auction.net(bidder) * auction.factor(nth++);
            from = page.following(winner.slot());
        }
        if (!billed) {
            return Optional.of("the billed ad is not among the winners");
        }
        var best = auction.best();
        proved = best.isPresent() && receipt.exact();
        boolean agrees = !proved || best.filter(b -> Arrays.equals(b, worth)).isPresent();
        return agrees ? Optional.empty() : Optional.of("another arrangement of its bidders would have been worth more");
    }

    private Optional<String> price(long[] open) {
        if (receipt.bid().firstPrice() || own().tier() != AUCTION_TIER) {
            return priced(perEvent(offer()));
        }
        var with = auction.best();
        var without = auction.bestWithout(own().advertiser());
        if (with.isEmpty() || without.isEmpty() || !receipt.exact()) {
            // The server's search was cut short, and said so, or this one: the price is still at most the offer.
            proved = false;
            boolean click = receipt.charge().by() == Receipt.By.CLICK;
            return receipt.charge().price() <= (click ? offer() : offer() / 1_000)
                    ? Optional.empty()
                    : Optional.of("more than it offered");
        }
        if (receipt.stopped().isPresent()) {
            var rival = receipt.stopped().get();
            boolean moved = rival.tier() > 4
                    || differs(with.get(), auction.bestBeside(rival, -1, open))
                    || differs(without.get(), auction.bestBeside(rival, own().advertiser(), open));
            if (moved) {
                return Optional.of("somebody who was not looked at could have changed the page or the price");
            }
        }
        int nth = nth();
        int tier = own().tier();
        long others = with.get()[tier] - auction.net(own()) * auction.factor(nth);
        long externality = Math.max(0, without.get()[tier] - others);
        long bound = auction.reserve() + own().cost() + externality / auction.factor(nth);
        return priced(perEvent(
                Math.min(own().value(), Math.max(bound, receipt.placement().floor()))));
    }

    private static boolean differs(long[] known, Optional<long[]> beside) {
        return beside.isPresent() && !Arrays.equals(known, beside.get());
    }

    private int nth() {
        int nth = 0;
        while (receipt.winners().get(nth).bidder() != receipt.own()) {
            nth++;
        }
        return nth;
    }

    private Optional<String> priced(long price) {
        return price == receipt.charge().price()
                ? Optional.empty()
                : Optional.of("it was charged " + receipt.charge().price() + " micros, its page gives " + price);
    }

    /// The bid shaded by its pace.
    private long offer() {
        return Math.max(1, receipt.bid().amount() * receipt.bid().pace() / 1_000_000);
    }

    /// Of 1,000 renders.
    private long worth(long offer, long clickRate) {
        return Math.min(
                Receipt.MOST_VALUE,
                receipt.charge().by() == Receipt.By.CLICK ? Math.multiplyExact(offer, clickRate) / 1_000 : offer);
    }

    private long perEvent(long micros) {
        if (receipt.charge().by() != Receipt.By.CLICK) {
            return micros / 1_000;
        }
        boolean offered = receipt.bid().firstPrice() || own().tier() != AUCTION_TIER;
        return offered
                ? micros
                : Math.min(offer(), micros * 1_000 / Math.max(1, receipt.bid().rate()));
    }
}
