package dev.polyphony;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.polyphony.identity.Role;
import dev.polyphony.platform.security.RequiredScope;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.RequestMapping;

@AnalyzeClasses(packages = "dev.polyphony", importOptions = OwnCode.class)
class HandlerRolesTest {
    private static final Pattern SCOPE = Pattern.compile("[a-z][a-z-]{0,30}:(read|write|admin)");
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::name).toList();

    @ArchTest
    static final ArchRule everyHandlerSaysWhoMayCallIt = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "have @PermitAll, or @RequiredScope and @RolesAllowed with one of " + ROLES,
                    HandlerRolesTest::saysWhoMayCallIt)));

    private static boolean saysWhoMayCallIt(JavaMethod handler) {
        boolean scoped = handler.tryGetAnnotationOfType(RequiredScope.class)
                .map(scope -> SCOPE.matcher(scope.value()).matches())
                .orElse(false);
        return scoped != handler.isAnnotatedWith(PermitAll.class)
                && scoped
                        == handler.tryGetAnnotationOfType(RolesAllowed.class)
                                .map(roles -> roles.value().length == 1 && ROLES.contains(roles.value()[0]))
                                .orElse(false);
    }
}
