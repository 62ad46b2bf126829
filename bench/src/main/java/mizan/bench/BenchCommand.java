package mizan.bench;

import picocli.CommandLine.Command;

/// `mizan bench <name>`: every benchmark ends by itself within a minute by default.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "<benchmark>",
        description = "Measure, beside a peer or a limit in the same run.",
        subcommands = {
            AgentsBench.class,
            AuctionBench.class,
            BesideBench.class,
            ChurnBench.class,
            DecideBench.class,
            DeskBench.class,
            HttpBench.class,
            LedgerBench.class,
            MatchBench.class,
            OracleBench.class,
            OverloadBench.class,
            PacingBench.class,
            PredictBench.class,
            RateBench.class,
            ReportsBench.class,
            RepositoryBench.class,
            ViewersBench.class,
            SealBench.class,
            SimulateBench.class,
            StartBench.class,
            TermsBench.class,
            VerifyBench.class,
            YieldBench.class
        })
public final class BenchCommand {}
