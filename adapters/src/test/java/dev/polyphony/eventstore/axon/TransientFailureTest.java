package dev.polyphony.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailureTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "40P01", "53100", "55P03", "57014", "58030", "25006"})
    void seesThatTheDatabaseIsAtFault(String state) {
        assertThat(TransientFailure.isCauseOf(wrapped(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "42P01"})
    void seesThatTheEventOrItsHandlerIsAtFault(String state) {
        assertThat(TransientFailure.isCauseOf(wrapped(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void takesAPoolThatHasNoConnectionForADatabaseThatIsGone() {
        assertThat(TransientFailure.isCauseOf(wrapped(new SQLTransientConnectionException("pool is empty"))))
                .isTrue();
    }

    @Test
    void takesNoMemoryForTheMachinesFaultAndNoStackForTheEvents() {
        assertThat(TransientFailure.isCauseOf(wrapped(new OutOfMemoryError()))).isTrue();
        assertThat(TransientFailure.isCauseOf(wrapped(new StackOverflowError())))
                .isFalse();
        assertThat(TransientFailure.isCauseOf(wrapped(new InterruptedException())))
                .isTrue();
    }

    @Test
    void knowsContention() {
        assertThat(TransientFailure.isContention(wrapped(new SQLException("x", "40P01"))))
                .isTrue();
        assertThat(TransientFailure.isContention(wrapped(new SQLException("x", "08006"))))
                .isFalse();
        assertThat(TransientFailure.isContention(wrapped(new SQLException("x"))))
                .isFalse();
    }

    private static Throwable wrapped(Throwable failure) {
        return new IllegalStateException(new RuntimeException(failure));
    }
}
