package dev.polyphony.identity.idempotency.store;

import static dev.polyphony.db.identity.Tables.IDEMPOTENT_REQUEST;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.idempotency.Attempt;
import dev.polyphony.identity.idempotency.Claim;
import dev.polyphony.identity.idempotency.IdempotentRequests;
import dev.polyphony.identity.idempotency.RequestKey;
import dev.polyphony.identity.idempotency.StoredAnswer;
import dev.polyphony.identity.idempotency.StoredAnswer.Header;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class IdempotentRequestsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final byte[] BODY = "{\"secret\":\"a short one\"}".getBytes(UTF_8);
    private static final byte[] OTHER_BODY = "{}".getBytes(UTF_8);
    private static final StoredAnswer ANSWER = new StoredAnswer(
            201,
            List.of(new Header("X-Position", "7"), new Header("X-Position", "8")),
            "whsec_shown-once \u00e9".getBytes(UTF_8));

    private final DSLContext sql;
    private final IdempotentRequests here;
    private final IdempotentRequests there;
    private final RequestKey request = key(UUID.randomUUID().toString());

    IdempotentRequestsTest(DSLContext sql) {
        this.sql = sql;
        this.here = new JooqIdempotentRequests(sql, keys(1));
        this.there = new JooqIdempotentRequests(sql, keys(1));
    }

    private static DerivedKeys keys(int fill) {
        byte[] masterKey = new byte[32];
        Arrays.fill(masterKey, (byte) fill);
        return new DerivedKeys(masterKey);
    }

    private static RequestKey key(String key) {
        return new RequestKey(TenantId.DEFAULT, "POST /api/v1/webhooks", key);
    }

    @Test
    void givesEveryNodeTheAnswerOfTheFirst() {
        here.answer(granted(here), ANSWER);

        assertThat(there.claim(request, BODY, LEASE)).isEqualTo(new Claim.Answered(ANSWER));
    }

    @Test
    void letsTheOthersWaitWhileOneIsAtIt() {
        granted(here);

        assertThat(there.claim(request, BODY, LEASE)).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void refusesAnotherBodyBeforeAndAfterTheAnswer() {
        Attempt attempt = granted(here);
        assertThat(there.claim(request, OTHER_BODY, LEASE)).isEqualTo(new Claim.OtherBody(null));

        here.answer(attempt, ANSWER);

        assertThat(there.claim(request, OTHER_BODY, LEASE)).isEqualTo(new Claim.OtherBody(ANSWER));
    }

    @Test
    void tellsTenantsOperationsAndKeysApart() {
        here.answer(granted(here), ANSWER);

        assertThat(List.of(
                        new RequestKey(new TenantId("acme"), request.operation(), request.key()),
                        new RequestKey(request.tenant(), "POST /api/v1/webhooks" + request.key(), ""),
                        new RequestKey(request.tenant(), request.operation(), request.key() + "x")))
                .allSatisfy(other -> assertThat(here.claim(other, BODY, LEASE)).isInstanceOf(Claim.Granted.class));
    }

    @Test
    void letsTheNextOneRepeatWhatADeadNodeBegan() {
        Attempt first = granted(here);
        leaseEnds();

        Attempt second = granted(there);

        assertThat(second.createdId()).isEqualTo(first.createdId());
        assertThat(second.repeated()).isTrue();
        assertThat(second.claim()).isNotEqualTo(first.claim());
        here.answer(first, new StoredAnswer(500, List.of(), OTHER_BODY)); // it was not dead, only late
        there.answer(second, ANSWER);
        assertThat(here.claim(request, BODY, LEASE)).isEqualTo(new Claim.Answered(ANSWER));
    }

    @Test
    void keepsAnAttemptThatGoesOn() {
        Attempt attempt = granted(here);
        leaseEnds();
        here.extend(List.of(attempt), LEASE);

        assertThat(there.claim(request, BODY, LEASE)).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void repeatsAtOnceWhatWasGivenUp() {
        Attempt first = granted(here);
        here.giveUp(first);

        assertThat(granted(there).createdId()).isEqualTo(first.createdId());
    }

    @Test
    void freesAKeyThatIsForgotten() {
        Attempt refused = granted(here);
        here.forget(refused);

        Claim next = there.claim(request, OTHER_BODY, LEASE);

        assertThat(next).isInstanceOfSatisfying(Claim.Granted.class, granted -> {
            assertThat(granted.attempt().repeated()).isFalse();
            assertThat(granted.attempt().createdId()).isNotEqualTo(refused.createdId());
        });
    }

    @Test
    void forgetsAnAnswerAfterADay() {
        Attempt first = granted(here);
        here.answer(first, ANSWER);
        assertThat(sql.fetchValue(
                        "select expires_at between now() + interval '23 h 59 min' and now() + interval '24 h' from"
                                + " identity.idempotent_request where created_id = '" + first.createdId() + "'"))
                .isEqualTo(true);
        dayIsOver(first);

        Attempt second = granted(there, OTHER_BODY);

        assertThat(second.createdId()).isNotEqualTo(first.createdId());
        assertThat(second.repeated()).isFalse();
    }

    @Test
    void deletesWhatIsOverAndNothingElse() {
        Attempt over = granted(here);
        here.answer(over, ANSWER);
        dayIsOver(over);
        Attempt kept = granted(here, key("kept-" + UUID.randomUUID()));
        here.answer(kept, ANSWER);
        Attempt running = granted(here, key("running-" + UUID.randomUUID()));
        dayIsOver(running);

        here.deleteExpired(1000);

        assertThat(sql.selectFrom(IDEMPOTENT_REQUEST).fetch(IDEMPOTENT_REQUEST.CREATED_ID))
                .contains(kept.createdId(), running.createdId())
                .doesNotContain(over.createdId());
    }

    @Test
    void storesNeitherKeyNorBodyNorAnswerInPlain() {
        here.answer(granted(here), ANSWER);

        String stored = sql.selectFrom(IDEMPOTENT_REQUEST).fetch().stream()
                .map(row -> row.getCreatedId()
                        + new String(row.getRequestId(), ISO_8859_1)
                        + new String(row.getBodyDigest(), ISO_8859_1)
                        + (row.getAnswer() == null ? "" : new String(row.getAnswer(), ISO_8859_1)))
                .reduce("", String::concat);

        assertThat(stored).doesNotContain(request.key(), "a short one", "shown-once");
    }

    @Test
    void readsNoAnswerThatWasMovedToAnotherRequest() {
        Attempt victim = granted(here);
        here.answer(victim, ANSWER);
        RequestKey stolen = key("stolen-" + UUID.randomUUID());
        Attempt thief = granted(here, stolen);
        here.answer(thief, new StoredAnswer(200, List.of(), BODY));
        sql.update(IDEMPOTENT_REQUEST)
                .set(
                        IDEMPOTENT_REQUEST.ANSWER,
                        sql.fetchValue(IDEMPOTENT_REQUEST.ANSWER, IDEMPOTENT_REQUEST.CREATED_ID.eq(victim.createdId())))
                .where(IDEMPOTENT_REQUEST.CREATED_ID.eq(thief.createdId()))
                .execute();

        assertThatThrownBy(() -> here.claim(stolen, BODY, LEASE)).hasMessageContaining("cannot be decrypted");
    }

    @Test
    void grantsOneOfAHundredOnTwoNodes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Claim>> all = IntStream.range(0, 100)
                    .<Callable<Claim>>mapToObj(i -> () -> (i % 2 == 0 ? here : there).claim(request, BODY, LEASE))
                    .toList();

            List<Future<Claim>> claims = threads.invokeAll(all);

            assertThat(claims.stream().filter(claim -> claim.resultNow() instanceof Claim.Granted))
                    .hasSize(1);
            assertThat(claims.stream().filter(claim -> claim.resultNow() instanceof Claim.InProgress))
                    .hasSize(99);
        }
    }

    private Attempt granted(IdempotentRequests node) {
        return granted(node, BODY);
    }

    private Attempt granted(IdempotentRequests node, byte[] body) {
        return ((Claim.Granted) node.claim(request, body, LEASE)).attempt();
    }

    private static Attempt granted(IdempotentRequests node, RequestKey key) {
        return ((Claim.Granted) node.claim(key, BODY, LEASE)).attempt();
    }

    private void leaseEnds() {
        sql.update(IDEMPOTENT_REQUEST)
                .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, Instant.EPOCH)
                .where(IDEMPOTENT_REQUEST.LEASED_UNTIL.isNotNull())
                .execute();
    }

    private void dayIsOver(Attempt attempt) {
        sql.update(IDEMPOTENT_REQUEST)
                .set(IDEMPOTENT_REQUEST.EXPIRES_AT, Instant.EPOCH)
                .where(IDEMPOTENT_REQUEST.CREATED_ID.eq(attempt.createdId()))
                .execute();
    }
}
