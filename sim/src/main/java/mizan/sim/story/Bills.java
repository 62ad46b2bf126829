package mizan.sim.story;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import mizan.core.billing.TaxRate;
import mizan.core.campaign.AdvertiserId;
import mizan.server.app.Engine;
import mizan.server.billing.Invoices;
import mizan.server.billing.Party;

/// The community's books: who bills and who is billed, and an invoice for each advertiser once a month is over.
final class Bills {
    private static final String DESK = "demo";
    private static final Party MARSA = new Party(
            "Marsa Media Co. · شركة مرسى للإعلام",
            "12 Corniche Road\nMarsa 23521",
            "300012345600003",
            Optional.of(new TaxRate(1_500)),
            "");

    private final Engine engine;
    private final Invoices invoices;
    private final List<AdvertiserId> advertisers;
    private YearMonth next;

    private Bills(Engine engine, Invoices invoices, List<AdvertiserId> advertisers) {
        this.engine = engine;
        this.invoices = invoices;
        this.advertisers = advertisers;
        this.next = invoices.lastMonth().plusMonths(1);
    }

    /// Keeps everybody's billing data; the months from the one on that the clock shows will be billed.
    static Bills open(Engine engine, Invoices invoices, List<AdvertiserId> advertisers) {
        invoices.keep(Party.OPERATOR, MARSA, DESK);
        var booked = engine.booking().book().advertisers();
        for (int i = 0; i < advertisers.size(); i++) {
            var id = advertisers.get(i);
            var payer = Optional.ofNullable(booked.get(id)).orElseThrow().payer();
            var address = "P.O. Box " + (1_001 + i) + "\nMarsa";
            invoices.keep(id.value(), new Party(payer, address, "", Optional.empty(), ""), DESK);
        }
        return new Bills(engine, invoices, advertisers);
    }

    /// Bills each month whose last day is closed in the log.
    void issue() {
        while (!next.isAfter(invoices.lastMonth())) {
            engine.sealing().ifPresent(sealing -> {
                while (sealing.step()) {
                    // Until every charge has its receipt: only then are the days closed.
                }
            });
            var month = next;
            var outcomes =
                    advertisers.stream().map(id -> invoices.issue(id, month)).toList();
            if (outcomes.contains(new Invoices.Outcome.Refused(Invoices.Why.MONTH_IS_OPEN))) {
                return;
            }
            next = month.plusMonths(1);
        }
    }
}
