package io.kustomersync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The house rules; each says how to repair a breach. */
@AnalyzeClasses(packages = "io.kustomersync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule camelStaysInTheSteps =
      noClasses()
          .that()
          .resideInAnyPackage("..api..", "..read..", "..checkpoint..", "..schema..", "..sink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because(
              "algorithms are tested without Camel: put what needs an Exchange into a step in"
                  + " package route that calls the pure class");

  @ArchTest
  static final ArchRule osgiStaysInKaraf =
      noClasses()
          .that()
          .resideOutsideOfPackage("..karaf..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.osgi..", "org.apache.karaf..")
          .because("the standalone program runs without OSGi: move it to package karaf");

  @ArchTest
  static final ArchRule theSandboxStandsAlone =
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
              "..app..")
          .because(
              "connector and sandbox must not share a mistake about Kustomer: write it again in"
                  + " the sandbox, from kustomer-api.md");

  @ArchTest
  static final ArchRule packagesAreNamedByDomain =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..common..", "..helper..", "..impl..", "..manager..", "..base..")
          .because("a name that says nothing collects everything: name it after what it is about");

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .matching("io.kustomersync.(*)..")
          .should()
          .beFreeOfCycles()
          .because("move the shared type down to the package that both may use");

  @ArchTest
  static final ArchRule timeIsPassedIn =
      noClasses()
          .that()
          .resideInAnyPackage("..api..", "..read..", "..checkpoint..", "..schema..", "..sink..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("tests run in virtual time: take a java.time.Clock in the constructor");
}
