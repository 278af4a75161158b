package dev.polyphony.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        "08001, UNREACHABLE",
        "08004, UNREACHABLE",
        "57P03, UNREACHABLE",
        "08003, LOST",
        "08006, LOST",
        "57P01, LOST",
        "57P02, LOST",
        "40003, LOST",
        "53100, UNABLE",
        "53300, UNABLE",
        "57014, UNABLE",
        "58030, UNABLE",
        "25006, UNABLE",
        "25P03, UNABLE",
        "40001, CONTENDED",
        "40P01, CONTENDED",
        "55P03, CONTENDED",
        "23505, DUPLICATE",
        "22001, REFUSED",
        "23502, REFUSED",
        "25P02, REFUSED",
        "42P01, REFUSED",
        "54000, REFUSED",
        "55000, REFUSED",
        "XX000, REFUSED",
        "4, REFUSED"
    })
    void isToldByItsState(String state, SqlFailure kind) {
        assertThat(SqlFailure.of(new SQLException("x", state))).isEqualTo(kind);
    }

    /** The driver names a state whenever the server answered. */
    @Test
    void isADoubtWhenNobodyNamesAState() {
        assertThat(SqlFailure.of(new SQLException("x"))).isEqualTo(SqlFailure.LOST);
    }

    /** It repeats the state of whatever kept it from making one. */
    @Test
    void isTheLackOfAConnectionWhenAPoolHasNone() {
        assertThat(SqlFailure.of(new SQLTransientConnectionException("pool is empty")))
                .isEqualTo(SqlFailure.UNREACHABLE);
        assertThat(SqlFailure.of(new SQLTransientConnectionException("pool is empty", "28P01")))
                .isEqualTo(SqlFailure.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, true, true, false",
        "LOST, true, true, true",
        "UNABLE, true, true, false",
        "CONTENDED, true, false, false",
        "DUPLICATE, false, false, false",
        "REFUSED, false, false, false"
    })
    void saysWhatToDo(SqlFailure kind, boolean passes, boolean outage, boolean inDoubt) {
        assertThat(kind.passes()).isEqualTo(passes);
        assertThat(kind.isOutage()).isEqualTo(outage);
        assertThat(kind.isInDoubt()).isEqualTo(inDoubt);
    }

    @Test
    void isFoundHoweverDeepItLies() {
        var wrapped = new IllegalStateException(new RuntimeException(new SQLException("x", "08006")));

        assertThat(SqlFailure.isBehind(wrapped, SqlFailure::isOutage)).isTrue();
        assertThat(SqlFailure.isBehind(wrapped, SqlFailure.DUPLICATE::equals)).isFalse();
        assertThat(SqlFailure.isBehind(new IllegalStateException(), SqlFailure::passes))
                .isFalse();
        assertThat(SqlFailure.isBehind(null, SqlFailure::passes)).isFalse();
    }
}
