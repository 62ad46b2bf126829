package mizan.verifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks a proof pack from its first file to its last. Read this first: the order of the checks is the order of trust.
/// What is not shown to be in the signed log is not believed, and so not counted.
final class PackCheck {
    static final String UNJUDGED = "cannot be judged";

    private final Source files;
    private final Findings findings;
    private final Map<Receipt.TermsVersion, Terms> terms = new HashMap<>();
    private final Invoice invoice = new Invoice();
    private final Credits credits;
    private final Budgets budgets = new Budgets();
    private final IdSet billed = new IdSet();
    private final IdSet charged = new IdSet();
    private long receipts;
    private long unopened;
    private long unproved;
    private Optional<Opening> next = Optional.empty();
    /// Entries that were drawn and not met yet.
    private final Set<Long> drawn = new HashSet<>();

    PackCheck(Source files, Findings findings) {
        this.files = files;
        this.findings = findings;
        this.credits = new Credits(findings);
    }

    /// Answers the keys that the pack names for its log.
    ///
    /// @throws Unreadable when there is no pack to check
    List<VerifierKey> run(Optional<Policy> policy, Optional<Checkpoint> since) throws IOException, Unreadable {
        var manifest = named("manifest.json", Manifest::read);
        var checkpoint = named("checkpoint", Checkpoint::read);
        var trust = new Trust(policy, since, findings);
        trust.check(checkpoint, manifest.keys(), manifest.cosigned());
        if (!manifest.origin().equals(checkpoint.origin())) {
            findings.fault(Findings.Check.CHECKPOINT, "manifest.json", "it names another log than the checkpoint");
        }
        TileTree tree;
        try {
            tree = TileTree.of(files, checkpoint);
        } catch (Broken broken) {
            // Nothing else can be believed.
            findings.fault(Findings.Check.INCLUSION, broken);
            return manifest.keys();
        }
        trust.since(checkpoint, tree);
        manifest.sample().ifPresent(s -> drawn.addAll(s.indices(tree.size())));
        readTerms(tree);
        readCredits(tree, manifest);
        readReceipts(tree, manifest);
        readStatements(tree, manifest);
        readPayments(tree, manifest);
        whatWasDrawn(manifest);
        compareInvoice(manifest);
        budgets.check(findings);
        return manifest.keys();
    }

    private interface Form<T> {
        T read(byte[] bytes) throws Unreadable;
    }

    private <T> T named(String name, Form<T> form) throws IOException, Unreadable {
        var bytes = files.read(name).orElseThrow(() -> new Unreadable("the pack has no " + name));
        try {
            return form.read(bytes);
        } catch (Unreadable e) {
            throw new Unreadable(name + ": " + e.getMessage());
        }
    }

    /// What a pack says it holds.
    ///
    /// @param advertiser whose; empty for all
    /// @param campaign whose; empty for all
    /// @param from the first day (UTC)
    /// @param to the day after the last
    private record Manifest(
            String origin,
            List<VerifierKey> keys,
            List<VerifierKey> cosigned,
            Optional<String> advertiser,
            Optional<String> campaign,
            LocalDate from,
            LocalDate to,
            Optional<Sample> sample) {
        static Manifest read(byte[] bytes) throws Unreadable {
            var json = Json.read(bytes, 0, bytes.length);
            if (json.number("v") != 2 || !json.text("kind").equals("pack")) {
                throw new Unreadable("not a proof pack of version 2");
            }
            var sample = json.present("sample");
            return new Manifest(
                    json.text("origin"),
                    keys(json.get("keys")),
                    keys(json.get("cosigned")),
                    optional(json, "advertiser"),
                    optional(json, "campaign"),
                    day(json.text("from")),
                    day(json.text("to")),
                    sample.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Sample(
                                    sample.get().count("n", Sample.MOST),
                                    sample.get().text("seed"))));
        }

        private static Optional<String> optional(Json json, String name) throws Unreadable {
            var found = json.present(name);
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get().text());
        }

        private static List<VerifierKey> keys(Json json) throws Unreadable {
            var keys = new ArrayList<VerifierKey>();
            for (var text : json.texts()) {
                keys.add(VerifierKey.read(text));
            }
            return keys;
        }

        private static LocalDate day(String text) throws Unreadable {
            try {
                if (text.length() == "2026-01-01".length()) {
                    return LocalDate.parse(text);
                }
            } catch (DateTimeParseException _) {
                // Refused below.
            }
            throw new Unreadable("not a day: " + Hashes.shortened(text));
        }

        /// Whether something of this advertiser and campaign, at this moment, belongs here.
        boolean covers(String whose, Optional<String> campaigns, long at) {
            var day = Invoice.day(at);
            return (advertiser.isEmpty() || advertiser.get().equals(whose))
                    && (campaign.isEmpty() || campaign.equals(campaigns))
                    && !day.isBefore(from)
                    && day.isBefore(to);
        }
    }

    private interface Reading {
        void line(Lines.Line line) throws IOException, Unreadable, Broken;
    }

    private void each(String file, Reading reading) throws IOException {
        try (var lines = new Lines(files, file)) {
            boolean more = true;
            while (more) {
                try {
                    var line = lines.next();
                    more = line.isPresent();
                    if (line.isPresent()) {
                        read(line.get(), reading);
                    }
                } catch (Broken broken) {
                    findings.fault(Findings.Check.FORM, broken);
                }
            }
        }
    }

    private void read(Lines.Line line, Reading reading) throws IOException {
        try {
            reading.line(line);
            findings.held(Findings.Check.FORM);
        } catch (Broken broken) {
            findings.fault(Findings.Check.INCLUSION, line.where() + ", " + broken.where(), broken.what());
        } catch (Unreadable e) {
            findings.fault(Findings.Check.FORM, line.where(), String.valueOf(e.getMessage()));
        } catch (ArithmeticException _) {
            findings.fault(Findings.Check.FORM, line.where(), "makes a sum that is larger than any money");
        } catch (RuntimeException e) {
            // Whoever writes the line wants it believed: what cannot be judged does not hold.
            findings.fault(Findings.Check.FORM, line.where(), UNJUDGED + ": " + e);
        }
    }

    /// Whether the line is in the log; if not, that is said.
    private boolean inLog(String kind, Lines.Line line, TileTree tree) throws IOException, Unreadable, Broken {
        if (!Sealed.inLog(kind, line, tree)) {
            findings.fault(
                    Findings.Check.INCLUSION,
                    line.where(),
                    "is not what the log holds at entry " + line.word(0, 2) + ": it was changed after it was sealed");
            return false;
        }
        findings.held(Findings.Check.INCLUSION);
        drawn.remove(line.number(0, 2));
        return true;
    }

    private void readTerms(TileTree tree) throws IOException {
        each("terms.jsonl", line -> {
            if (inLog("terms", line, tree)) {
                var one = Terms.read(line.number(0, 2), line.json());
                terms.putIfAbsent(new Receipt.TermsVersion(one.id(), one.version()), one);
            }
        });
    }

    private void readReceipts(TileTree tree, Manifest manifest) throws IOException {
        try (var openings = new Lines(files, "openings.jsonl")) {
            each("receipts.jsonl", line -> {
                if (inLog("receipt", line, tree)) {
                    var receipt = Receipt.read(line.number(0, 2), line.json());
                    receipt(line.where() + " (" + receipt.impression() + ")", receipt, manifest, openings);
                }
            });
            requireEnd(openings);
        }
        credits.done();
        if (unproved > 0) {
            findings.note(
                    Findings.Check.PRICES,
                    unproved + " are only known to be no more than was offered: the search for the best page of their"
                            + " receipts was cut short");
        }
        if (unopened > 0) {
            findings.note(
                    Findings.Check.ADJACENCY,
                    unopened + " neighbours were erased or not opened: their authors could not be compared");
        }
    }

    private void requireEnd(Lines openings) throws IOException {
        try {
            if (opening(openings).isPresent()) {
                findings.fault(Findings.Check.FORM, "openings.jsonl", "goes on behind the last receipt");
            }
        } catch (Broken broken) {
            findings.fault(Findings.Check.FORM, broken);
        } catch (Unreadable e) {
            findings.fault(Findings.Check.FORM, "openings.jsonl", String.valueOf(e.getMessage()));
        }
    }

    private void readCredits(TileTree tree, Manifest manifest) throws IOException {
        each("credits.jsonl", line -> {
            if (inLog("credit", line, tree)) {
                var credit = Movement.credit(line.number(0, 2), line.json());
                covered(line.where(), manifest.covers(credit.advertiser(), credit.campaign(), credit.at()));
                if (credits.add(line.where(), credit)) {
                    invoice.credited(credit);
                }
            }
        });
    }

    private void readPayments(TileTree tree, Manifest manifest) throws IOException {
        var paid = new HashSet<String>();
        each("payments.jsonl", line -> {
            if (inLog("payment", line, tree)) {
                var payment = Movement.payment(line.number(0, 2), line.json());
                covered(line.where(), manifest.covers(payment.advertiser(), Optional.empty(), payment.at()));
                if (paid.add(payment.id())) {
                    invoice.paid(payment);
                } else {
                    findings.fault(Findings.Check.INVOICE, line.where(), "counts a payment a second time");
                }
            }
        });
    }

    private void covered(String where, boolean covered) {
        if (!covered) {
            findings.fault(Findings.Check.FORM, where, "is not of whom and of the period that the pack is about");
        }
    }

    private void receipt(String where, Receipt receipt, Manifest manifest, Lines openings)
            throws IOException, Unreadable, Broken {
        covered(
                where,
                manifest.covers(
                        receipt.advertiser(),
                        Optional.of(receipt.campaign()),
                        receipt.charge().at()));
        if (!billed.add(receipt.impression())) {
            findings.fault(Findings.Check.ONCE, where, "is billed a second time");
            return;
        }
        var charge = receipt.charge();
        if (!charged.add(charge.lease() + 1, charge.sequence())) {
            findings.fault(
                    Findings.Check.ONCE,
                    where,
                    "number " + charge.sequence() + " of lease " + charge.lease() + " is charged a second time");
        }
        findings.held(Findings.Check.ONCE);
        receipts++;
        invoice.billed(receipt);
        credits.met(receipt);
        budgets.add(receipt);
        var inForce = receipt.terms().flatMap(t -> Optional.ofNullable(terms.get(t)));
        if (receipt.terms().isPresent() && inForce.isEmpty()) {
            findings.fault(
                    Findings.Check.ADJACENCY,
                    where,
                    "the pack lacks the terms in force, " + receipt.terms().get());
            return;
        }
        place(where, receipt, inForce, openings);
    }

    private void place(String where, Receipt receipt, Optional<Terms> inForce, Lines openings)
            throws IOException, Unreadable, Broken {
        var page = new Page(receipt);
        var breach = breach(receipt, inForce, openings);
        if (breach.isPresent()) {
            findings.fault(Findings.Check.ADJACENCY, where, breach.get());
        } else {
            findings.held(Findings.Check.ADJACENCY);
        }
        var pricing = new Pricing(receipt, page);
        var wrong = pricing.fault(Adjacency.allowed(receipt, page, inForce), Adjacency.open(receipt, page));
        unproved += wrong.isEmpty() && !pricing.proved() ? 1 : 0;
        if (wrong.isPresent()) {
            findings.fault(Findings.Check.PRICES, where, wrong.get());
        } else {
            findings.held(Findings.Check.PRICES);
        }
    }

    private Optional<String> breach(Receipt receipt, Optional<Terms> inForce, Lines openings)
            throws IOException, Unreadable, Broken {
        if (inForce.isPresent() && inForce.get().index() > receipt.index()) {
            return Optional.of("its terms were sealed after it");
        }
        if (inForce.filter(t -> !t.advertiser().equals(receipt.advertiser())).isPresent()) {
            return Optional.of("its terms are those of another advertiser");
        }
        var stands = Adjacency.breach(receipt, inForce, receipt.slot());
        var opened = opened(receipt, inForce, openings);
        return stands.isPresent() ? stands : opened;
    }

    /// Who wrote a neighbour, as its commitment in the receipt allows.
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares openings.
    private record Opening(long index, int post, String salt, byte[] text, Json json) {}

    /// Compares the authors of the neighbours, where they are opened, with the terms' lists.
    private Optional<String> opened(Receipt receipt, Optional<Terms> inForce, Lines openings)
            throws IOException, Unreadable, Broken {
        int before = inForce.map(Terms::before).orElse(1);
        int after = inForce.map(Terms::after).orElse(1);
        int first = Math.max(1, receipt.slot() - before + 1);
        int last = Math.min(receipt.posts().size(), receipt.slot() + after);
        unopened += Math.max(0, last - first + 1);
        Optional<String> wrong = Optional.empty();
        for (var opening = opening(openings);
                opening.isPresent() && opening.get().index() <= receipt.index();
                opening = opening(openings)) {
            next = Optional.empty();
            if (opening.get().index() < receipt.index()) {
                findings.fault(
                        Findings.Check.FORM,
                        "openings.jsonl",
                        "opens a post of entry " + opening.get().index() + ", which is no receipt of the pack");
            } else if (wrong.isEmpty()) {
                wrong = compare(receipt, inForce, opening.get());
                int post = opening.get().post();
                unopened -= post >= first && post <= last ? 1 : 0;
            }
        }
        return wrong;
    }

    private Optional<Opening> opening(Lines openings) throws IOException, Unreadable, Broken {
        if (next.isEmpty()) {
            var line = openings.next();
            if (line.isPresent()) {
                var read = line.get();
                next = Optional.of(new Opening(
                        read.number(0, 3),
                        (int) Math.min(Integer.MAX_VALUE, read.number(1, 3)),
                        read.word(2, 3),
                        read.text(),
                        read.json()));
            }
        }
        return next;
    }

    private static Optional<String> compare(Receipt receipt, Optional<Terms> inForce, Opening opening)
            throws Unreadable {
        if (opening.post() < 1 || opening.post() > receipt.posts().size()) {
            return Optional.of("a post is opened that its page does not have");
        }
        var post = receipt.posts().get(opening.post() - 1);
        if (!Sealed.commitment(opening.salt(), opening.text()).equals(post.commitment())) {
            return Optional.of("post " + opening.post() + " is not the one that the receipt was written over");
        }
        if (inForce.isEmpty()) {
            return Optional.empty();
        }
        var community = opening.json().present("community");
        int listed = Adjacency.listed(
                inForce.get(),
                opening.json().get("authors").texts(),
                community.isEmpty()
                        ? Optional.empty()
                        : Optional.of(community.get().text()));
        return (listed & ~post.listed()) == 0
                ? Optional.empty()
                : Optional.of("post " + opening.post() + ": its author or community is on a list of the terms");
    }

    private void readStatements(TileTree tree, Manifest manifest) throws IOException {
        var stated = new HashMap<String, long[]>();
        each("statements.jsonl", line -> {
            if (inLog("statement", line, tree)) {
                var json = line.json();
                // A later statement of a day takes the place of an earlier one.
                stated.put(
                        json.text("campaign") + " " + json.text("day"),
                        new long[] {json.number("receipts"), json.number("micros")});
            }
        });
        if (manifest.sample().isPresent()) {
            // What the public repository said of ads: there is nothing to compare it with but the log.
            each("ads.jsonl", line -> inLog("ad", line, tree));
            return;
        }
        var days = new HashMap<>(invoice.days());
        stated.forEach((day, sum) -> {
            var found = Optional.ofNullable(days.remove(day)).orElseGet(Invoice.Sum::new);
            if (found.count() == sum[0] && found.micros() == sum[1]) {
                findings.held(Findings.Check.STATEMENTS);
            } else {
                findings.fault(
                        Findings.Check.STATEMENTS,
                        "campaign and day " + day,
                        sum[0] + " receipts over " + sum[1] + " micros were sealed; the pack holds " + found.count()
                                + " over " + found.micros());
            }
        });
        if (!days.isEmpty()) {
            findings.note(Findings.Check.STATEMENTS, days.size() + " days of campaigns are not closed yet");
        }
    }

    private void whatWasDrawn(Manifest manifest) {
        manifest.sample()
                .ifPresent(sample -> findings.note(
                        Findings.Check.INCLUSION,
                        "of " + sample.n() + " entries drawn by the seed \"" + sample.seed() + "\", " + drawn.size()
                                + " are not opened: their texts were deleted, or are kept back"));
    }

    private void compareInvoice(Manifest manifest) throws IOException {
        if (manifest.sample().isPresent()) {
            return;
        }
        var stated = new String(files.read("invoice.csv").orElse(new byte[0]), StandardCharsets.UTF_8);
        var lines = stated.split("\n", -1);
        var own = new ArrayList<String>();
        try {
            own.addAll(invoice.text(manifest.campaign().isEmpty()));
        } catch (ArithmeticException _) {
            findings.fault(Findings.Check.INVOICE, "invoice.csv", "its sums are larger than any money");
            return;
        }
        own.add("");
        for (int i = 0; i < Math.max(lines.length, own.size()); i++) {
            var theirs = i < lines.length ? lines[i] : "nothing";
            var ours = i < own.size() ? own.get(i) : "nothing";
            if (theirs.equals(ours)) {
                findings.held(Findings.Check.INVOICE);
            } else {
                findings.fault(
                        Findings.Check.INVOICE,
                        "invoice.csv line " + (i + 1),
                        "says " + Hashes.shortened(theirs) + "; the sealed facts give " + Hashes.shortened(ours));
            }
        }
        invoice.bottoms().forEach((currency, bottom) -> findings.note(Findings.Check.INVOICE, told(currency, bottom)));
    }

    private static String told(String currency, Invoice.Bottom bottom) {
        return bottom.billed().count() + " impressions, " + bottom.billed().micros() + " micros " + currency
                + " billed, " + bottom.credited().micros() + " credited, "
                + bottom.paid().micros() + " paid";
    }

    long receipts() {
        return receipts;
    }
}
