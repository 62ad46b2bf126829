package mizan.sim.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import mizan.server.http.StrictJson;

/// Auctions that took place, in their order: one line each of `click price rate`, separated by spaces, tabs or
/// commas; a file that ends in `.gz` is unpacked. It is the form of the published second-price logs (iPinYou as
/// prepared by Cai et al., "Real-Time Bidding by Reinforcement Learning in Display Advertising", WSDM 2017).
public record AuctionLog(List<Auction> auctions) {
    public AuctionLog {
        auctions = List.copyOf(auctions);
    }

    /// @param price what the highest other bid was, in the log's unit for 1,000 impressions
    /// @param rate predicted clicks an impression
    public record Auction(boolean click, int price, double rate) {}

    /// Figures of the days before, which may be used for bidding; those of the log itself may not.
    ///
    /// @param auctionsAt how many auctions had each price, from 0 up; empty when it is not known
    public record Training(long impressions, long clicks, long cost, List<Long> auctionsAt) {
        public Training {
            auctionsAt = List.copyOf(auctionsAt);
        }

        public double meanPrice() {
            return (double) cost / impressions;
        }

        public double meanRate() {
            return (double) clicks / impressions;
        }

        public double costPerClick() {
            return (double) cost / clicks;
        }

        /// The lowest bid that would have spent this much in the mean auction of those days; empty when prices are not
        /// known, or none would have.
        OptionalInt bidThatSpends(double perAuction) {
            long auctions = auctionsAt.stream().mapToLong(Long::longValue).sum();
            double spent = 0;
            for (int price = 0; price < auctionsAt.size(); price++) {
                spent += (double) price * auctionsAt.get(price) / auctions;
                if (spent >= perAuction) {
                    return OptionalInt.of(price);
                }
            }
            return OptionalInt.empty();
        }

        /// From `info.json` with `imp_train`, `clk_train`, `cost_train` and, if it is there, `price_counter_train`.
        public static Training read(Path info) throws IOException {
            var json = StrictJson.own(Files.readString(info));
            var auctionsAt = new ArrayList<Long>();
            json.path("price_counter_train").forEach(count -> auctionsAt.add(count.asLong()));
            return new Training(
                    json.get("imp_train").asLong(),
                    json.get("clk_train").asLong(),
                    json.get("cost_train").asLong(),
                    auctionsAt);
        }

        /// From another log, where no such file exists.
        public static Training of(AuctionLog log) {
            return new Training(
                    log.auctions().size(),
                    log.auctions().stream().filter(Auction::click).count(),
                    log.auctions().stream().mapToLong(Auction::price).sum(),
                    List.of());
        }
    }

    public static AuctionLog read(Path file) throws IOException {
        try (var in = Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.US_ASCII))) {
            var auctions = new ArrayList<Auction>();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    auctions.add(auction(line.strip(), auctions.size() + 1));
                }
            }
            return new AuctionLog(auctions);
        }
    }

    private static Auction auction(String line, int number) throws IOException {
        var columns = line.split("[\\s,]+", -1);
        try {
            return new Auction(
                    Integer.parseInt(columns[0]) > 0, Integer.parseInt(columns[1]), Double.parseDouble(columns[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("line " + number + " is not `click price rate`: " + line, e);
        }
    }
}
