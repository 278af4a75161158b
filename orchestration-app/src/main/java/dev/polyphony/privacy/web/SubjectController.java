package dev.polyphony.privacy.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.privacy.EraseSubject;
import dev.polyphony.privacy.SubjectProblem;
import dev.polyphony.shared.DataSubject;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The people whom data is about. */
@RestController
@Tag(name = "Privacy", description = "The people whom stored data is about.")
@RequestMapping("/api/v1/subjects")
class SubjectController {
    private final EraseSubject erasure;

    SubjectController(EraseSubject erasure) {
        this.erasure = erasure;
    }

    /**
     * Erases everything personal that is stored about a person, for good. May be repeated.
     *
     * @param subject the id that runs about the person were triggered with
     */
    @DeleteMapping("/{subject}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "Nothing personal is stored about such a person.")
    @RolesAllowed("ADMIN")
    @RequiredScope("privacy:admin")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void eraseSubject(
            @Parameter(schema = @Schema(type = "string", pattern = DataSubject.FORM)) @PathVariable String subject,
            Caller caller) {
        if (!subject.matches(DataSubject.FORM)) {
            throw SubjectProblem.SUBJECT_INVALID
                    .because("'" + subject + "' cannot be the id of a data subject.")
                    .about("subject", subject, DataSubject.RULE);
        }
        erasure.erase(new DataSubject(caller.tenant(), subject));
    }
}
