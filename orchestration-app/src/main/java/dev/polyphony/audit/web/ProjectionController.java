package dev.polyphony.audit.web;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What follows the history, for operators. */
@RestController
@Tag(name = "Projections", description = "Read models and automations that follow the history.")
@RequestMapping("/api/v1/projections")
class ProjectionController {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionController.class);

    private final Projections projections;

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    /**
     * All projections.
     *
     * @param projections in the order of their names
     */
    record ProjectionList(List<Projection> projections) {}

    /** Lists the projections. How far each has followed the history. */
    @GetMapping
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:read")
    ProjectionList listProjections() {
        return new ProjectionList(projections.list());
    }

    /**
     * Shows one projection.
     *
     * @param name the projection's name
     */
    @GetMapping("/{name}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such projection.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:read")
    Projection getProjection(@Parameter(example = "webhook-directory") @PathVariable String name) {
        return projections.find(name);
    }

    /**
     * Rebuilds a read model from the first event. The reply shows it as it begins; {@code replaying} turns false when it has caught up.
     *
     * @param name the projection's name
     */
    @PostMapping("/{name}/replay")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such projection.")
    @ErrorCase(
            status = HttpStatus.CONFLICT,
            when = "It acts on events, so that handling them again would repeat what it did.")
    @Idempotent
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:admin")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Projection replayProjection(@Parameter(example = "webhook-directory") @PathVariable String name, Caller caller) {
        projections.replay(name);
        LOG.info("{} had projection {} rebuilt from the first event", caller.actor(), name);
        return projections.find(name);
    }
}
