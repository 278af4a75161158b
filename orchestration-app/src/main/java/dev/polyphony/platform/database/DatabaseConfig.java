package dev.polyphony.platform.database;

import dev.polyphony.platform.DataDirectory;
import dev.polyphony.postgres.DatabaseSupervisor;
import dev.polyphony.postgres.EmbeddedDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Without {@code spring.datasource.url} the server brings its own PostgreSQL and keeps its data. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.datasource.url:}'.isBlank()")
class DatabaseConfig {
    @Bean
    EmbeddedDatabase embeddedDatabase(DataDirectory directory, ObjectProvider<StartingDatabase> begun) {
        return begun.getIfAvailable(() -> StartingDatabase.in(directory)).join();
    }

    @Bean
    DatabaseSupervisor databaseSupervisor(EmbeddedDatabase database, DatabaseSettings settings) {
        return DatabaseSupervisor.start(database, settings.restartPolicy(), LostDatabaseExit::exit);
    }

    @Bean
    OwnDatabase ownDatabase(EmbeddedDatabase database) {
        return new OwnDatabase(database.isNew());
    }

    @Bean
    JdbcConnectionDetails embeddedConnection(EmbeddedDatabase database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return database.application().role();
            }

            @Override
            public String getPassword() {
                return database.application().password();
            }

            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }
        };
    }

    @Bean
    FlywayConnectionDetails embeddedMigration(EmbeddedDatabase database) {
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return database.owner().role();
            }

            @Override
            public String getPassword() {
                return database.owner().password();
            }

            @Override
            public String getJdbcUrl() {
                return database.jdbcUrl();
            }
        };
    }
}
