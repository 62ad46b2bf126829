package mizan.sim.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What one budget could have bought at best, had everything been known: the fractional knapsack of value over
/// price.
public final class Hindsight {
    private final List<Offer> offers = new ArrayList<>();
    private double cost;

    private record Offer(double value, double price) {}

    /// Something that could have been bought.
    public void offered(double value, double price) {
        offers.add(new Offer(value, price));
        cost += price;
    }

    /// What all of it would have cost.
    public double wholeCost() {
        return cost;
    }

    public double bestValue(double budget) {
        double left = budget;
        double value = 0;
        offers.sort(Comparator.comparingDouble(o -> -o.value() / Math.max(o.price(), 1e-9)));
        for (var offer : offers) {
            if (offer.price() > left) {
                return value + offer.value() * left / offer.price();
            }
            left -= offer.price();
            value += offer.value();
        }
        return value;
    }
}
