package dev.polyphony;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import java.util.Arrays;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/** A client may repeat every POST whose answer it did not get, or is told why there is no need for a key. */
@AnalyzeClasses(packages = "dev.polyphony", importOptions = OwnCode.class)
class IdempotentHandlersTest {
    @ArchTest
    static final ArchRule everyPostTakesAKeyOrSaysWhyNot = methods()
            .that(DescribedPredicate.describe("answer POST", IdempotentHandlersTest::answersPost))
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "have either @Idempotent or @WithoutIdempotencyKey with a reason",
                    IdempotentHandlersTest::saysWhetherItTakesAKey)));

    private static boolean answersPost(JavaMethod method) {
        return method.isAnnotatedWith(PostMapping.class)
                || method.tryGetAnnotationOfType(RequestMapping.class)
                        .map(mapping -> Arrays.asList(mapping.method()).contains(RequestMethod.POST))
                        .orElse(false);
    }

    private static boolean saysWhetherItTakesAKey(JavaMethod handler) {
        return handler.isAnnotatedWith(Idempotent.class)
                != handler.tryGetAnnotationOfType(WithoutIdempotencyKey.class)
                        .map(without -> !without.value().isBlank())
                        .orElse(false);
    }
}
