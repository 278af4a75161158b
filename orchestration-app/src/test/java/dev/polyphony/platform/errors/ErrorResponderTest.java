package dev.polyphony.platform.errors;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.platform.web.RequestIdFilter;
import dev.polyphony.shared.Rejection.Parameter;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class ErrorResponderTest {
    private static final ApiError WRONG =
            new ApiError(HttpStatus.BAD_REQUEST, null, "'limit' is wrong", new Parameter("limit", "0", "1 to 9"), null);

    private final ErrorResponder errors = new ErrorResponder(
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build(),
            Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), UTC),
            List.of(new StateSetDialect(), new Nested(), new AmasDialect(), new AiVillageDialect()));

    /** Below another base path. */
    private static final class Nested implements ApiDialect {
        record Body(String nested) {}

        @Override
        public String basePath() {
            return "/api/v1/nested/";
        }

        @Override
        public Object body(ApiError error, String requestId, Instant now) {
            return new Body(error.message());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/events | {\"success\":false,\"error\":{\"code\":\"INVALID_PARAMETER\",\"message\":\"'limit'"
                    + " is wrong\",\"details\":{\"parameter\":\"limit\",\"provided\":\"0\",\"expected\":\"1 to"
                    + " 9\"},\"request_id\":\"r1\",\"timestamp\":\"2026-01-31T12:00:00Z\"},\"timestamp\":\"2026-01-31T12:00:00Z\"}",
                "/v1/agents | {\"success\":false,\"error_code\":\"VALIDATION_ERROR\",\"message\":\"'limit' is"
                    + " wrong\",\"details\":{\"parameter\":\"limit\",\"provided\":\"0\",\"expected\":\"1 to"
                    + " 9\"},\"timestamp\":\"2026-01-31T12:00:00Z\",\"request_id\":\"r1\",\"documentation\":\"/docs#VALIDATION_ERROR\"}",
                "/agents | {\"error\":\"ValidationError\",\"message\":\"'limit' is"
                        + " wrong\",\"details\":{\"field\":\"limit\",\"provided\":\"0\",\"reason\":\"expected 1 to"
                        + " 9\"},\"timestamp\":\"2026-01-31T12:00:00Z\",\"request_id\":\"r1\"}",
                "/api/v1 | {\"error\":\"ValidationError\",\"message\":\"'limit' is"
                        + " wrong\",\"details\":{\"field\":\"limit\",\"provided\":\"0\",\"reason\":\"expected 1 to"
                        + " 9\"},\"timestamp\":\"2026-01-31T12:00:00Z\",\"request_id\":\"r1\"}",
                "/api/v1/nested/thing | {\"nested\":\"'limit' is wrong\"}",
            })
    void answersInTheDialectOfTheLongestBasePath(String path, String body) throws IOException {
        assertThat(answer(path, "application/json")).isEqualTo(body);
    }

    /** A mark stands where it is taken out, so that no scanner takes this example for a key. */
    @Test
    void repeatsNoSecret() throws IOException {
        String secret = "gh~~p_abcdefghijklmnopqrstuvwxyz0123456789".replace("~~", "");
        ApiError error = new ApiError(
                HttpStatus.BAD_REQUEST,
                null,
                "'limit' must be a number, not '" + secret + "'",
                new Parameter("limit", secret, "a number"),
                null);

        for (String path : List.of("/api/v1/events", "/v1/agents", "/agents")) {
            assertThat(answer(error, path, "application/json"))
                    .contains("[redacted]")
                    .doesNotContain(secret);
            assertThat(answer(error, path, "application/problem+json")).doesNotContain(secret);
        }
    }

    @Test
    void answersProblemDetailsOnEveryBasePath() throws IOException {
        String problem = "{\"type\":\"urn:polyphony:problem:invalid-parameter\",\"title\":\"Bad"
            + " Request\",\"status\":400,\"detail\":\"'limit' is"
            + " wrong\",\"code\":\"INVALID_PARAMETER\",\"parameter\":{\"parameter\":\"limit\",\"provided\":\"0\",\"expected\":\"1"
            + " to 9\"},\"request_id\":\"r1\",\"timestamp\":\"2026-01-31T12:00:00Z\"}";
        for (String path : List.of("/api/v1/events", "/v1/agents", "/agents")) {
            assertThat(answer(path, "application/problem+json")).isEqualTo(problem);
        }
    }

    private String answer(String path, String accept) throws IOException {
        return answer(WRONG, path, accept);
    }

    private String answer(ApiError error, String path, String accept) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.addHeader("Accept", accept);
        request.setAttribute(RequestIdFilter.HEADER, "r1");
        MockHttpServletResponse response = new MockHttpServletResponse();
        errors.write(error, request, response);
        return response.getContentAsString();
    }
}
