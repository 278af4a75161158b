package dev.polyphony.providers.web;

import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.shared.WordsOf;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the provider fared when it was tried.
 *
 * @param providerId the provider's configured name
 * @param testStatus {@code success} or {@code failed}
 * @param responseTime how long the test took, in seconds
 * @param testResults the result of each part
 * @param modelListed whether its list of models names ours; null when it showed none
 * @param steps in the order in which they were taken
 * @param reason why it failed; null when it did not
 */
@Schema(name = "ProviderTestReport")
record Tested(
        String providerId,
        @Schema(allowableValues = {"success", "failed"}) String testStatus,
        double responseTime,
        Results testResults,
        @Nullable Boolean modelListed,
        List<Step> steps,
        @Nullable String reason) {
    /**
     * The result of each part of a test.
     *
     * @param connectivity whether the vendor answers
     * @param authentication whether it takes the key
     * @param modelAccess whether it answers with our model
     * @param responseQuality whether the answer is what was asked for
     */
    @Schema(name = "ProviderTestResults")
    record Results(
            @WordsOf(ProviderTest.Verdict.class) String connectivity,
            @WordsOf(ProviderTest.Verdict.class) String authentication,
            @WordsOf(ProviderTest.Verdict.class) String modelAccess,
            @WordsOf(ProviderTest.Verdict.class) String responseQuality) {}

    /**
     * A part of a test.
     *
     * @param step what was tried
     * @param result {@code pass}, {@code fail} or {@code not_tested}
     * @param problem what went wrong; null when nothing did
     */
    @Schema(name = "ProviderTestStep")
    record Step(
            @Schema(
                    allowableValues = {
                        "connectivity",
                        "authentication",
                        "model_listed",
                        "model_access",
                        "response_quality"
                    })
            String step,

            @WordsOf(ProviderTest.Verdict.class) String result,
            @Nullable String problem) {
        static Step of(String name, ProviderTest.Step step) {
            return new Step(name, step.verdict().word(), step.problem());
        }
    }

    static Tested of(String name, ProviderTest test) {
        Results results = new Results(
                test.connectivity().verdict().word(),
                test.authentication().verdict().word(),
                test.modelAccess().verdict().word(),
                test.responseQuality().verdict().word());
        double seconds = Math.round(test.duration().toNanos() / 1_000_000.0) / 1_000.0;
        return new Tested(
                name,
                test.passed() ? "success" : "failed",
                seconds,
                results,
                listed(test.modelListed().verdict()),
                List.of(
                        Step.of("connectivity", test.connectivity()),
                        Step.of("authentication", test.authentication()),
                        Step.of("model_listed", test.modelListed()),
                        Step.of("model_access", test.modelAccess()),
                        Step.of("response_quality", test.responseQuality())),
                test.reason());
    }

    private static @Nullable Boolean listed(ProviderTest.Verdict verdict) {
        return switch (verdict) {
            case PASS -> true;
            case FAIL -> false;
            case NOT_TESTED -> null;
        };
    }
}
