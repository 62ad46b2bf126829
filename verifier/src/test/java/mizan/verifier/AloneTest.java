package mizan.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/// The verifier stands alone: what it shares with the server could be wrong in both.
final class AloneTest {
    @Test
    void givenTheVerifiersClasses_whenTheirDependenciesAreListed_thenTheyAreJavasAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.sun.net.httpserver..", "mizan.verifier..", "org.jspecify..")
                .because("a verifier that shares code with what it verifies verifies nothing")
                .check(new ClassFileImporter().importPath("target/classes"));
    }
}
