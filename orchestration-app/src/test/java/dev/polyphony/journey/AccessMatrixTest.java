package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.identity.Role;
import dev.polyphony.platform.security.RequiredScope;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Keeps the table of {@code docs/security.md} what the code says; {@code -Dpolyphony.access.update=true} writes it anew. */
class AccessMatrixTest extends ServerTest {
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final String BEGIN = "<!-- access matrix -->\n";
    private static final String END = "<!-- end of access matrix -->";

    private final RequestMappingHandlerMapping mapping;

    AccessMatrixTest(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    @Test
    void isWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        String right =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("polyphony.access.update")) {
            Files.writeString(PAGE, right);
        }

        assertThat(PAGE).content().isEqualTo(right);
    }

    private String table() {
        String roles = Arrays.stream(Role.values()).map(Role::toString).collect(Collectors.joining(" | "));
        return "| operation | request | scope | without a key | %s |\n|---|---|---|%s\n"
                        .formatted(roles, "---|".repeat(5))
                + mapping.getHandlerMethods().entrySet().stream()
                        .filter(entry ->
                                entry.getValue().getBeanType().getName().startsWith("dev.polyphony"))
                        .flatMap(AccessMatrixTest::rows)
                        .sorted()
                        .collect(Collectors.joining());
    }

    private static Stream<String> rows(Map.Entry<RequestMappingInfo, HandlerMethod> mapped) {
        HandlerMethod handler = mapped.getValue();
        RolesAllowed roles = handler.getMethodAnnotation(RolesAllowed.class);
        RequiredScope scope = handler.getMethodAnnotation(RequiredScope.class);
        String cells = Arrays.stream(Role.values())
                .map(role -> roles == null || includes(role, roles.value()[0]) ? "yes" : "")
                .collect(Collectors.joining(" | "));
        return Objects.requireNonNull(mapped.getKey().getPathPatternsCondition()).getPatternValues().stream()
                .flatMap(path -> mapped.getKey().getMethodsCondition().getMethods().stream()
                        .map(method -> "| %s | `%s %s` | %s | %s | %s |\n"
                                .formatted(
                                        handler.getMethod().getName(),
                                        method,
                                        path,
                                        scope == null ? "" : "`" + scope.value() + "`",
                                        roles == null ? "yes" : "",
                                        cells)));
    }

    private static boolean includes(Role role, String needed) {
        return role.included().contains(Role.valueOf(needed));
    }
}
