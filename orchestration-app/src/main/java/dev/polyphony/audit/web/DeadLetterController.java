package dev.polyphony.audit.web;

import dev.polyphony.audit.projections.DeadLetter;
import dev.polyphony.audit.projections.DeadLetters;
import dev.polyphony.audit.projections.DeadLetters.Retried;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a projection has put aside, for operators who mend it. */
@RestController
@Tag(name = "Projections")
@RequestMapping("/api/v1/projections/{name}/dead-letters")
class DeadLetterController {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);

    private final DeadLetters deadLetters;

    DeadLetterController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * @param cursor the {@code next_cursor} of the page before
     * @param limit the most items, 1 to 1000; 50 when absent
     */
    record Page(
            @Schema(implementation = String.class) @Nullable Long cursor,

            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;

        long after() {
            return cursor == null ? 0 : cursor;
        }

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }
    }

    /**
     * A page of what a projection has put aside.
     *
     * @param items in the order of the history
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record DeadLetterPage(List<DeadLetter> items, @Nullable String nextCursor) {}

    /**
     * Lists what a projection has put aside, in the order of the history.
     *
     * @param name the projection's name
     */
    @GetMapping
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such projection.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:read")
    DeadLetterPage listDeadLetters(
            @Parameter(example = "webhook-directory") @PathVariable String name, @Valid @ParameterObject Page page) {
        List<DeadLetter> found = deadLetters.list(name, page.after(), page.most() + 1);
        boolean more = found.size() > page.most();
        List<DeadLetter> items = more ? found.subList(0, page.most()) : found;
        return new DeadLetterPage(items, more ? String.valueOf(items.getLast().position()) : null);
    }

    /**
     * Handles a dead letter after all. And, while that works, those behind it; one that fails again is part of the reply.
     *
     * @param name the projection's name
     * @param position the event's position, which identifies the dead letter
     */
    @PostMapping("/{position}/retry")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such projection or dead letter.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "It waits behind an earlier one; retry that one.")
    @Idempotent
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:admin")
    Retried retryDeadLetter(
            @Parameter(example = "webhook-directory") @PathVariable String name,
            @PathVariable long position,
            Caller caller) {
        Retried retried = deadLetters.retry(name, position);
        LOG.info("{} retried the dead letter of {} at position {}: {}", caller.actor(), name, position, retried);
        return retried;
    }

    /**
     * Discards a dead letter. The projection will not handle the event, unless it is rebuilt.
     *
     * @param name the projection's name
     * @param position the event's position, which identifies the dead letter
     */
    @DeleteMapping("/{position}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such projection or dead letter.")
    @RolesAllowed("OPERATOR")
    @RequiredScope("projections:admin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discardDeadLetter(
            @Parameter(example = "webhook-directory") @PathVariable String name,
            @PathVariable long position,
            Caller caller) {
        deadLetters.discard(name, position);
        LOG.info("{} discarded the dead letter of {} at position {}", caller.actor(), name, position);
    }
}
