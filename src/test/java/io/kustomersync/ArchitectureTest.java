package io.kustomersync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The house rules; each says how to repair a breach. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kustomersync");

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void camelStaysInTheSteps() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("..api..", "..read..", "..checkpoint..", "..schema..", "..sink..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because(
                "algorithms are tested without Camel: put what needs an Exchange into a step in"
                    + " package route that calls the pure class"));
  }

  @Test
  void osgiStaysInKaraf() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..karaf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.osgi..", "org.apache.karaf..")
            .because("the standalone program runs without OSGi: move it to package karaf"));
  }

  @Test
  void theSandboxStandsAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage("..sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..api..",
                "..read..",
                "..checkpoint..",
                "..schema..",
                "..sink..",
                "..route..",
                "..settings..",
                "..connector..",
                "..inspection..",
                "..container..",
                "..cli..")
            .because(
                "connector and sandbox must not share a mistake about Kustomer: write it again in"
                    + " the sandbox, from kustomer-api.md"));
  }

  @Test
  void packagesAreNamedByDomain() {
    check(
        noClasses()
            .should()
            .resideInAnyPackage(
                "..util..", "..common..", "..helper..", "..impl..", "..manager..", "..base..")
            .because(
                "a name that says nothing collects everything: name it after what it is about"));
  }

  @Test
  void packagesFormNoCycle() {
    check(
        slices()
            .matching("io.kustomersync.(*)..")
            .should()
            .beFreeOfCycles()
            .because("move the shared type down to the package that both may use"));
  }

  @Test
  void timeIsPassedIn() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("..api..", "..read..", "..checkpoint..", "..schema..", "..sink..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests run in virtual time: take a java.time.Clock in the constructor"));
  }
}
