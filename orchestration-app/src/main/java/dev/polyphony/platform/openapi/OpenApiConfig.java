package dev.polyphony.platform.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.polyphony.platform.security.PublicPaths;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Describes the API, to everybody. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfig {
    static final String API_KEY = "api_key";
    static final String BEARER = "bearer";

    private static final String DESCRIPTION = """
        Runs many AI agents together on one durable history.

        Names are in snake_case and times in ISO 8601 UTC. Every reply carries an `X-Request-ID`: the one that was sent, or a fresh one. \
        It is the `correlation_id` of all events that follow. A read sees what the same key wrote before.\
        """;

    @Bean
    OpenAPI openApi(BuildProperties build) {
        return new OpenAPI()
                .info(new Info()
                        .title("Polyphony")
                        .version(build.getVersion())
                        .description(DESCRIPTION)
                        .contact(new Contact().name("The operator of this server"))
                        .license(new License().name("Apache License 2.0").identifier("Apache-2.0")))
                .addServersItem(new Server().url("/").description("This server"))
                .components(new Components()
                        .addSecuritySchemes(
                                API_KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-API-Key")
                                        .description("The first start writes an admin key to a file and says where."))
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The same key as a bearer token.")));
    }

    /** springdoc's own handlers and pages. */
    @Bean
    PublicPaths apiDescription() {
        return PublicPaths.of(
                "/openapi.json", "/openapi.json/**", "/openapi.json.yaml", "/docs", "/docs/**", "/swagger-ui/**");
    }

    /** swagger-core describes types with a Jackson 2 of its own, which has to be told how we write names. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE) // whoever comes first is asked last, after those who add to what it found
    ModelResolver snakeCaseSchemas() {
        return new ModelResolver(
                        Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
                        new SchemaNames())
                .openapi31(true);
    }
}
