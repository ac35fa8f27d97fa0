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
            .resideOutsideOfPackages("..route..", "..connector..", "..verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because(
                "algorithms are tested without Camel: put what needs an Exchange into a step in"
                    + " package route that calls the pure class; only connector starts Camel, and"
                    + " only verify stands around its steps"));
  }

  @Test
  void jdbcStaysWhereDatabasesAre() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "..database..",
                "..checkpoint..",
                "..connector..",
                "..inspection..",
                "..verify..",
                "..karaf..")
            .and()
            .doNotHaveFullyQualifiedName("io.kustomersync.route.WriteToDatabase")
            .and()
            .doNotHaveFullyQualifiedName("io.kustomersync.cli.DemoCommand")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.h2..")
            .because(
                "positions are saved in one place and rows in another: go through"
                    + " CheckpointRepository or the database sink"));
  }

  @Test
  void productsAreKnownInOnePlace() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.kustomersync.database")
            .should()
            .callMethod(java.sql.DatabaseMetaData.class, "getDatabaseProductName")
            .because(
                "an unknown database must be refused, not taken for another: ask"
                    + " database.Database.of"));
  }

  @Test
  void kustomerIsAskedInOnePlace() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("..route..", "..sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..", "com.sun.net.httpserver..", "org.apache.hc.client5..")
            .orShould()
            .callMethod(java.net.URL.class, "openConnection")
            .because(
                "the limits and the token's safety hang on one gate, the route kustomer: ask"
                    + " through api.Kustomer"));
  }

  @Test
  void brokersAreKnownToTheStepsAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("..route..", "..karaf..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "jakarta.jms..", "javax.jms..", "org.apache.kafka..", "org.apache.qpid..")
            .because("a sink for a queue is a route and its steps: put it into package route"));
  }

  @Test
  void theTerminalIsForTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "org.jline..", "me.tongfei..")
            .because(
                "command line, container and page say the same: what a command finds out is a"
                    + " service that others can call, such as status or inspection"));
  }

  @Test
  void sinksAreVerifiedWithoutTheConnector() {
    check(
        noClasses()
            .that()
            .resideInAPackage("..verify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "..api..",
                "..read..",
                "..audit..",
                "..connector..",
                "..settings..",
                "..container..",
                "..cli..")
            .because(
                "a sink is looked at by itself, with rows made for it: give verify what it needs"
                    + " as values"));
  }

  @Test
  void nothingNeedsKaraf() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("..karaf..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.kustomersync.karaf..")
            .because("the same program runs without it: what both need belongs into container"));
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
                "..audit..",
                "..checkpoint..",
                "..schema..",
                "..database..",
                "..sink..",
                "..status..",
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
            .resideInAnyPackage(
                "..api..",
                "..read..",
                "..audit..",
                "..checkpoint..",
                "..schema..",
                "..sink..",
                "..status..",
                "..settings..",
                "..inspection..",
                "..connector..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests run in virtual time: take a java.time.Clock in the constructor"));
  }
}
