package dev.polyphony.platform.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnusableDatabaseTest {
    @Test
    void refusesAPostgresBefore15() {
        assertThatThrownBy(() -> PostgresVersion.check(140_017, "14.17"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageStartingWith(
                        "the database is PostgreSQL 14.17, and Polyphony needs 15 or newer. Upgrade it");
        assertThatCode(() -> PostgresVersion.check(150_000, "15.0")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "postgres://db/shop?password=secret", "jdbc:mysql://me:secret@db/shop"})
    void refusesAUrlOfNoPostgres(String url) {
        assertThatThrownBy(() -> DatabaseUrl.check(url))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("which is no URL of a PostgreSQL. Write jdbc:postgresql://")
                .hasMessageNotContaining("secret");
    }
}
