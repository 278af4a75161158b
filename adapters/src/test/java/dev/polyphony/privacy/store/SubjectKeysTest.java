package dev.polyphony.privacy.store;

import static dev.polyphony.db.privacy.Tables.SUBJECT_KEY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.db.privacy.tables.records.SubjectKeyRecord;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.eventstore.crypto.SubjectKeyring.SubjectKey;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.privacy.SubjectEvent.SubjectErased;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(PostgresExtension.class)
class SubjectKeysTest {
    private final DSLContext sql;
    private final DataSourceTransactionManager transactions;
    private final DataSubject subject = new DataSubject(TenantId.DEFAULT, "s-" + UUID.randomUUID());

    SubjectKeysTest(DSLContext sql, DataSource database) {
        this.sql = sql;
        this.transactions = new DataSourceTransactionManager(database);
    }

    @Test
    void makesOneKeyThatEveryNodeFinds() {
        SubjectKey key = node(1).toEncrypt(subject).orElseThrow();

        assertThat(node(1).toEncrypt(subject)).contains(key);
        assertThat(node(1).toDecrypt(subject)).contains(key);
        assertThat(node(1).toEncrypt(new DataSubject(new TenantId("other"), subject.id())))
                .isPresent()
                .isNotEqualTo(Optional.of(key));
    }

    @Test
    void letsOneOfTwoNodesThatMakeTheFirstKeyAtOnceWin() throws Exception {
        CyclicBarrier start = new CyclicBarrier(8);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var made = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<SubjectKey>>mapToObj(_ -> () -> {
                        JooqSubjectKeys node = node(1);
                        start.await();
                        return node.toEncrypt(subject).orElseThrow();
                    })
                    .toList());
            for (var key : made) {
                assertThat(key.get()).isEqualTo(made.getFirst().get());
            }
        }
        assertThat(sql.fetchCount(SUBJECT_KEY, SUBJECT_KEY.SUBJECT.eq(subject.id())))
                .isEqualTo(1);
    }

    @Test
    void keepsTheKeyWhenTheTransactionAroundItRollsBack() {
        SubjectKey key = new TransactionTemplate(transactions).execute(work -> {
            work.setRollbackOnly();
            return node(1).toEncrypt(subject).orElseThrow();
        });

        assertThat(node(1).toDecrypt(subject)).contains(key);
    }

    @Test
    void forgetsADestroyedKeyAtOnceAndNeverMakesAnother() {
        JooqSubjectKeys keys = node(1);
        keys.toEncrypt(subject);
        assertThat(keys.isErased(subject)).isFalse();

        keys.destroy(subject);
        keys.destroy(subject);

        assertThat(keys.toEncrypt(subject)).isEmpty();
        assertThat(keys.toDecrypt(subject)).isEmpty();
        assertThat(node(1).toEncrypt(subject)).isEmpty();
        assertThat(node(1).isErased(subject)).isTrue();
        assertThat(node(1).isKnown(subject)).isTrue();
    }

    @Test
    void leavesNothingOfADestroyedKeyButItsTombstone() {
        node(1).toEncrypt(subject);
        node(1).destroy(subject);
        var first = row();
        node(1).destroy(subject);

        assertThat(first.getWrappedKey()).isNull();
        assertThat(first.getDestroyedAt()).isNotNull();
        assertThat(row()).isEqualTo(first);
    }

    @Test
    void destroysAgainWhatAnOlderBackupBroughtBack() {
        JooqSubjectKeys keys = node(1);
        keys.on(new SubjectErased(subject));
        assertThat(keys.isErased(subject)).isTrue();

        sql.deleteFrom(SUBJECT_KEY).where(SUBJECT_KEY.SUBJECT.eq(subject.id())).execute();
        JooqSubjectKeys restored = node(1);
        restored.toEncrypt(subject);
        restored.on(new SubjectErased(subject));
        assertThat(restored.toDecrypt(subject)).isEmpty();
    }

    @Test
    void neverTakesAMissingKeyForAnErasure() {
        assertThat(node(1).isKnown(subject)).isFalse();
        assertThat(node(1).isErased(subject)).isFalse();
        assertThatThrownBy(() -> node(1).toDecrypt(subject)).hasMessageContaining("there never was a key");
    }

    @Test
    void refusesToWorkAndToStartWithAnotherMasterKey() {
        node(1).toEncrypt(subject);

        assertThatThrownBy(() -> node(2).toDecrypt(subject))
                .hasMessageContaining("polyphony.master-key is not the one");
        assertThatThrownBy(() -> node(2).toEncrypt(subject)).hasMessageContaining("Nothing is erased");
        assertThatThrownBy(() -> node(2).afterPropertiesSet()).hasMessageContaining("polyphony.master-key");
        node(1).afterPropertiesSet();
    }

    @Test
    void cannotUnwrapAKeyThatWasMovedToAnotherSubject() {
        node(1).toEncrypt(subject);
        DataSubject thief = new DataSubject(TenantId.DEFAULT, "t-" + UUID.randomUUID());
        sql.insertInto(SUBJECT_KEY)
                .set(SUBJECT_KEY.TENANT, thief.tenant().value())
                .set(SUBJECT_KEY.SUBJECT, thief.id())
                .set(SUBJECT_KEY.VERSION, 1)
                .set(SUBJECT_KEY.WRAPPED_KEY, row().getWrappedKey())
                .execute();

        assertThatThrownBy(() -> node(1).toDecrypt(thief)).isInstanceOf(IllegalStateException.class);
        sql.deleteFrom(SUBJECT_KEY).where(SUBJECT_KEY.SUBJECT.eq(thief.id())).execute();
    }

    @Test
    void keepsNoKeyInTheClear() {
        byte[] key = node(1).toEncrypt(subject).orElseThrow().key().getEncoded();

        assertThat(row().getWrappedKey()).hasSize(12 + 32 + 16);
        assertThat(new String(row().getWrappedKey(), ISO_8859_1)).doesNotContain(new String(key, ISO_8859_1));
    }

    private SubjectKeyRecord row() {
        return sql.fetchSingle(SUBJECT_KEY, SUBJECT_KEY.SUBJECT.eq(subject.id()));
    }

    private JooqSubjectKeys node(int masterKey) {
        byte[] bits = new byte[32];
        bits[0] = (byte) masterKey;
        return new JooqSubjectKeys(sql, transactions, new KeyWrap(new DerivedKeys(bits)));
    }
}
