package dev.polyphony;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.util.Map;
import java.util.Set;
import org.axonframework.modelling.command.AggregateRoot;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps contexts apart beyond the modules that {@link ModularityTest} checks. */
@AnalyzeClasses(packages = "dev.polyphony", importOptions = OwnCode.class)
class BoundariesTest {
    private static final int MAX_FILES = 20;
    private static final String TABLES = "dev.polyphony.db.";

    /** Audit shows the history as it is stored: a copy of it would be a second truth. */
    private static final Map<String, Set<String>> SCHEMAS_OF_OTHERS = Map.of("audit", Set.of("eventstore"));

    private static final DescribedPredicate<JavaClass> GENERATED = resideInAPackage("dev.polyphony.db..");

    @ArchTest
    static final ArchRule tablesAreUsedByTheStoreOfTheirContext = classes()
            .that(not(GENERATED))
            .should(ArchCondition.from(describe(
                    "use the tables of their own context only",
                    type -> type.getDirectDependenciesFromSelf().stream()
                            .map(use ->
                                    use.getTargetClass().getBaseComponentType().getPackageName())
                            .filter(used -> used.startsWith(TABLES))
                            .allMatch(used -> mayUse(type, contextOf(used.substring(TABLES.length())))))));

    /** Everybody else sends commands. Axon finds aggregates by scanning, so that no wiring names them either. */
    @ArchTest
    static final ArchRule aggregatesAreUsedByTheirOwnPackageOnly = classes()
            .that()
            .areAnnotatedWith(AggregateRoot.class)
            .should(ArchCondition.from(describe(
                    "be used by their own package only",
                    aggregate -> aggregate.getDirectDependenciesToSelf().stream()
                            .map(use -> use.getOriginClass().getPackageName())
                            .allMatch(aggregate.getPackageName()::equals))));

    @ArchTest
    static final ArchRule whatIsReadBelongsToATenant = methods()
            .that()
            .arePublic()
            .and()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat(describe("are read ports", BoundariesTest::isReadPort))
            .should(ArchCondition.from(describe("take the tenant or be @ServerWide", BoundariesTest::takesTheTenant)));

    @ArchTest
    static final ArchRule wiringDoesNothing = classes()
            .that()
            .resideInAPackage("..wiring..")
            .should(ArchCondition.from(
                    describe("be settings, or a @Configuration whose methods make beans", BoundariesTest::onlyWires)));

    @ArchTest
    static void packagesAreSmall(JavaClasses all) {
        Map<String, Long> files = all.stream()
                .filter(not(GENERATED))
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(files).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(MAX_FILES));
    }

    private static boolean mayUse(JavaClass type, String schema) {
        String path = type.getPackageName().substring("dev.polyphony.".length());
        String context = contextOf(path);
        boolean isStore = context.equals("eventstore") || ("." + path + ".").contains(".store.");
        return isStore
                && (schema.equals(context)
                        || SCHEMAS_OF_OTHERS.getOrDefault(context, Set.of()).contains(schema));
    }

    private static String contextOf(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static boolean isReadPort(JavaClass type) {
        return OwnCode.isInDomain(type)
                && type.getSimpleName().matches(".+(Queries|Directory|Trail|Log|Letters)|Projections");
    }

    private static boolean takesTheTenant(JavaMethod method) {
        return method.isAnnotatedWith(ServerWide.class)
                || method.getOwner().isAnnotatedWith(ServerWide.class)
                || method.getRawParameterTypes().stream().anyMatch(BoundariesTest::namesATenant);
    }

    private static boolean namesATenant(JavaClass parameter) {
        return parameter.isEquivalentTo(TenantId.class)
                || (parameter.isRecord()
                        && parameter.getFields().stream()
                                .anyMatch(field -> field.getRawType().isEquivalentTo(TenantId.class)));
    }

    private static boolean onlyWires(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost.getSimpleName().equals("package-info")
                || outermost.isAnnotatedWith(ConfigurationProperties.class)
                || (type.isAnnotatedWith(Configuration.class)
                        && type.getMethods().stream()
                                .filter(method -> !method.getName().startsWith("lambda$"))
                                .allMatch(method -> method.isAnnotatedWith(Bean.class)));
    }
}
