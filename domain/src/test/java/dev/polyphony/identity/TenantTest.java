package dev.polyphony.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.identity.tenants.Tenant;
import dev.polyphony.identity.tenants.TenantAggregateId;
import dev.polyphony.identity.tenants.TenantChange;
import dev.polyphony.identity.tenants.TenantCommand.ChangeTenant;
import dev.polyphony.identity.tenants.TenantCommand.CreateTenant;
import dev.polyphony.identity.tenants.TenantCommand.DeleteTenant;
import dev.polyphony.identity.tenants.TenantEvent.TenantChanged;
import dev.polyphony.identity.tenants.TenantEvent.TenantCreated;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.identity.tenants.TenantProblem;
import dev.polyphony.identity.tenants.TenantProfile;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantAggregateId ID = new TenantAggregateId(ACME);
    private static final TenantAggregateId SYSTEM = new TenantAggregateId(TenantId.DEFAULT);
    private static final TenantProfile PROFILE = new TenantProfile("Acme Ltd", Tier.FREE, "/srv/acme");
    private static final TenantCreated CREATED = new TenantCreated(ACME, PROFILE);

    private final AggregateTestFixture<Tenant> tenant = new AggregateTestFixture<>(Tenant.class);

    @Test
    void isCreatedOnce() {
        tenant.givenNoPriorActivity().when(new CreateTenant(ID, PROFILE)).expectEvents(CREATED);
        refused(tenant.given(CREATED).when(new CreateTenant(ID, PROFILE)), TenantProblem.TENANT_ID_TAKEN);
    }

    @Test
    void keepsWhatAChangeLeavesOut() {
        tenant.given(CREATED)
                .when(new ChangeTenant(ID, new TenantChange(null, Tier.PRO, null)))
                .expectEvents(new TenantChanged(ACME, new TenantProfile("Acme Ltd", Tier.PRO, "/srv/acme")));
        tenant.given(CREATED)
                .when(new ChangeTenant(ID, new TenantChange("Acme", null, "")))
                .expectEvents(new TenantChanged(ACME, new TenantProfile("Acme", Tier.FREE, null)));
        tenant.given(CREATED)
                .when(new ChangeTenant(ID, new TenantChange("Acme Ltd", Tier.FREE, null)))
                .expectNoEvents();
    }

    @Test
    void isNeverUsedAgainOnceItIsDeleted() {
        tenant.given(CREATED).when(new DeleteTenant(ID)).expectEvents(new TenantDeleted(ACME));
        refused(
                tenant.given(CREATED, new TenantDeleted(ACME)).when(new CreateTenant(ID, PROFILE)),
                TenantProblem.TENANT_ID_TAKEN);
        refused(
                tenant.given(CREATED, new TenantDeleted(ACME)).when(new DeleteTenant(ID)),
                TenantProblem.TENANT_NOT_FOUND);
        refused(
                tenant.given(CREATED, new TenantDeleted(ACME))
                        .when(new ChangeTenant(ID, new TenantChange("x", null, null))),
                TenantProblem.TENANT_NOT_FOUND);
    }

    @Test
    void isUnknownBeforeItIsCreated() {
        refused(tenant.givenNoPriorActivity().when(new DeleteTenant(ID)), TenantProblem.TENANT_NOT_FOUND);
        refused(
                tenant.givenNoPriorActivity().when(new ChangeTenant(ID, new TenantChange("x", null, null))),
                TenantProblem.TENANT_NOT_FOUND);
    }

    @Test
    void isThereFromTheBeginningWhenItIsTheSystems() {
        refused(tenant.givenNoPriorActivity().when(new CreateTenant(SYSTEM, PROFILE)), TenantProblem.TENANT_ID_TAKEN);
        refused(tenant.givenNoPriorActivity().when(new DeleteTenant(SYSTEM)), TenantProblem.TENANT_REQUIRED);
        tenant.givenNoPriorActivity()
                .when(new ChangeTenant(SYSTEM, new TenantChange(null, Tier.BASIC, null)))
                .expectEvents(new TenantChanged(TenantId.DEFAULT, new TenantProfile("System", Tier.BASIC, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "' ', /srv/acme",
        "'a\tb', /srv/acme",
        "Acme, srv/acme",
        "Acme, ''",
        "Acme, /srv/../etc",
        "Acme, '/srv/a\tb'",
    })
    void hasAReadableNameAndAnAbsoluteRoot(String name, String root) {
        assertThatThrownBy(() -> new TenantProfile(name, Tier.FREE, root))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(TenantProblem.TENANT_INVALID));
    }

    private static void refused(ResultValidator<Tenant> result, TenantProblem problem) {
        result.expectNoEvents().expectException(new CustomTypeSafeMatcher<Rejection>(problem.name()) {
            @Override
            protected boolean matchesSafely(Rejection refusal) {
                return refusal.problem() == problem;
            }
        });
    }
}
