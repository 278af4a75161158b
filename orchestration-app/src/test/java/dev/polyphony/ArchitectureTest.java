package dev.polyphony;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.polyphony.shared.EventName;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "dev.polyphony", importOptions = OwnCode.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> GENERATED =
            JavaClass.Predicates.resideInAPackage("dev.polyphony.db..");

    private static final DescribedPredicate<JavaClass> OF_THE_DOMAIN =
            DescribedPredicate.describe("are in the Maven module domain", OwnCode::isInDomain);

    @ArchTest
    static final ArchRule theDomainKnowsNoTechnology = noClasses()
            .that(OF_THE_DOMAIN)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                            "org.springframework..",
                            "org.jooq..",
                            "tools.jackson..",
                            "okhttp3..",
                            "dev.langchain4j..",
                            "jakarta..",
                            "java.sql..")
                    .and(DescribedPredicate.not(
                            JavaClass.Predicates.resideInAPackage("org.springframework.modulith.."))));

    @ArchTest
    static final ArchRule eventsAreNamedRecords =
            classes().that().areAnnotatedWith(EventName.class).should().beRecords();

    @ArchTest
    static final ArchRule controllersArePackagePrivate =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule onlyStoresTouchTables = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..store..",
                    "dev.polyphony.eventstore..",
                    "dev.polyphony.db..",
                    "dev.polyphony.platform.axon..",
                    "dev.polyphony.platform.database..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq..");

    /** The audit has no schema: it is the reader of the history. */
    @ArchTest
    static final ArchRule storesUseTheirOwnSchemaOnly = classes()
            .that(DescribedPredicate.not(GENERATED))
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "use no tables but those of their own schema",
                    type -> type.getDirectDependenciesFromSelf().stream()
                            .map(Dependency::getTargetClass)
                            .filter(GENERATED)
                            .allMatch(table -> context(table.getPackageName().replace(".db.", "."))
                                    .equals(context(type.getPackageName()).replace("audit", "eventstore"))))));

    /** Replayed by mistake, an automation would act on everything again. */
    @ArchTest
    static final ArchRule whatHearsEventsCanBeEmptiedOrIsNeverReplayed = classes()
            .that()
            .areAnnotatedWith(ProcessingGroup.class)
            .and()
            .areNotAnnotatedWith(DisallowReplay.class)
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "have a @ResetHandler",
                    type -> type.getMethods().stream()
                            .anyMatch(method -> method.isAnnotatedWith(ResetHandler.class)))));

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            fields().should().notBeAnnotatedWith(Autowired.class).allowEmptyShould(true);

    @ArchTest
    static final ArchRule publicMethodsReturnNoMaps = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(DescribedPredicate.not(GENERATED))
            .and()
            .areDeclaredInClassesThat()
            .areNotRecords()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(Map.class);

    private static String context(String packageName) {
        return packageName.split("\\.", -1)[2];
    }
}
