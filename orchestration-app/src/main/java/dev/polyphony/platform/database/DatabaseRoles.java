package dev.polyphony.platform.database;

import dev.polyphony.eventstore.HistoryRights;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The owner migrates the tables and the server works as another role, which cannot rewrite the history. */
@Configuration(proxyBeanMethods = false)
class DatabaseRoles {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRoles.class);

    /** Asks the database and not the configuration, which may leave the role to the URL or the driver. */
    @Bean
    FlywayConfigurationCustomizer grantToTheServersRole(DataSource database) {
        return flyway -> {
            DSLContext sql = DSL.using(database, SQLDialect.POSTGRES);
            PostgresVersion.check(sql);
            Map<String, String> placeholders = new HashMap<>(flyway.getPlaceholders());
            placeholders.put(
                    "application_role",
                    sql.fetchSingle("select quote_literal(current_user)").get(0, String.class));
            flyway.placeholders(placeholders);
        };
    }

    @Bean
    ApplicationRunner historyIsSafeFromThisServer(DSLContext sql) {
        return _ -> warn(HistoryRights.of(sql));
    }

    private static void warn(HistoryRights rights) {
        if (rights.canRewrite()) {
            LOG.warn("""
                This server works as the database role "{}", which can change and delete stored events: a fault or an intruder in \
                this server could rewrite the history. Let it work as a role that owns nothing, and "{}" only migrate:
                  create role polyphony login password '...';
                  grant connect on database {} to polyphony;
                Then start with SPRING_DATASOURCE_USERNAME=polyphony and SPRING_DATASOURCE_PASSWORD, and with \
                SPRING_FLYWAY_USER={} and SPRING_FLYWAY_PASSWORD. More in docs/configuration.md.\
                """, rights.role(), rights.owner(), rights.database(), rights.owner());
        }
    }
}
