package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Check;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What answers whoever opens the bare address: a page for a browser, JSON for everything else. Needs no key and tells no secret. */
@RestController
@Tag(name = "Health")
class WelcomeController {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final HealthChecks checks;
    private final String version;

    WelcomeController(HealthChecks checks, BuildProperties build) {
        this.checks = checks;
        this.version = String.valueOf(build.getVersion());
    }

    /**
     * What runs here.
     *
     * @param name {@code Polyphony}
     * @param version the version of the server
     * @param status {@code healthy} or {@code unhealthy}
     * @param links where to go on, relative to this server
     */
    record Welcome(String name, String version, String status, Map<String, String> links) {}

    /** Says what runs here, and where to go on. A page for a browser, JSON for everything else. */
    @ApiResponse(
            responseCode = "200",
            description = "What runs here.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Welcome.class)),
                @Content(mediaType = "text/html", schema = @Schema(type = "string"))
            })
    @GetMapping(
            value = "/",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE, MediaType.ALL_VALUE})
    @PermitAll
    ResponseEntity<Object> getWelcome(
            @Parameter(hidden = true) @RequestHeader(value = HttpHeaders.ACCEPT, required = false) @Nullable
                    String accept) {
        Map<String, Check> found = checks.run();
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT).cacheControl(CacheControl.noStore());
        if (prefersHtml(accept)) {
            return answer.header("Content-Security-Policy", WelcomePage.CONTENT_POLICY)
                    .contentType(HTML)
                    .body(WelcomePage.of(version, found));
        }
        boolean healthy = found.values().stream().allMatch(Check::isHealthy);
        return answer.contentType(MediaType.APPLICATION_JSON)
                .body(new Welcome(
                        "Polyphony",
                        version,
                        healthy ? "healthy" : "unhealthy",
                        Map.of("docs", "/docs", "openapi", "/openapi.json", "health", "/health", "api", "/api/v1")));
    }

    /** Who names HTML, and wants nothing more than that: a browser does; curl and programs take anything. */
    static boolean prefersHtml(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> wanted = MediaType.parseMediaTypes(accept);
            double html = quality(wanted, MediaType.TEXT_HTML);
            return html > 0 && html >= quality(wanted, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static double quality(List<MediaType> wanted, MediaType type) {
        return wanted.stream()
                .filter(range -> range.equalsTypeAndSubtype(type))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
