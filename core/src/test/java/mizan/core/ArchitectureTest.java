package mizan.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import mizan.core.campaign.AdGroup;
import mizan.core.campaign.AdvertiserId;
import mizan.core.suitability.Terms;
import mizan.core.targeting.Targeting;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("mizan.core");

    @Test
    void givenTheCore_whenItsImportsAreRead_thenThereIsNothingButJavaAndNullness() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("mizan.core..", "java..", "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void givenTheCore_whenItsCallsAreRead_thenThereIsNoClockNoChanceNoDiskAndNoNetworkInIt() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..", "java.security..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class, Clock.class)
                .check(CORE);
    }

    @Test
    void givenThePackagesOfTheCore_whenTheirDependenciesAreFollowed_thenThereIsNoCycle() {
        slices().matching("mizan.core.(*)..")
                .should()
                .beFreeOfCycles()
                // Terms name the advertiser who signs them; a book holds terms. Ids stay with what they name.
                .ignoreDependency(type(Terms.class), type(AdvertiserId.class))
                // A booked ad group carries its targeting; the index over targetings reads requests for
                // placements.
                .ignoreDependency(type(AdGroup.class), type(Targeting.class))
                .check(CORE);
    }
}
