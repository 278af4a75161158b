package dev.polyphony.audit.web;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.identity.Caller;
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
@RequestMapping("/api/v1/projections")
class ProjectionController {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectionController.class);

    private final Projections projections;

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    record ProjectionList(List<Projection> projections) {}

    @GetMapping
    @RolesAllowed("ADMIN")
    ProjectionList list() {
        return new ProjectionList(projections.list());
    }

    @GetMapping("/{name}")
    @RolesAllowed("ADMIN")
    Projection find(@PathVariable String name) {
        return projections.find(name);
    }

    /** The reply shows it as it begins; {@code replaying} turns false when it has caught up. */
    @PostMapping("/{name}/replay")
    @RolesAllowed("ADMIN")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Projection replay(@PathVariable String name, Caller caller) {
        projections.replay(name);
        LOG.info("{} had projection {} rebuilt from the first event", caller.actor(), name);
        return projections.find(name);
    }
}
