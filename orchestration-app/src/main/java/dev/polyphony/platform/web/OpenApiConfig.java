package dev.polyphony.platform.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.polyphony.platform.security.PublicPaths;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API, to everybody. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfig {
    @Bean
    OpenAPI openApi(BuildProperties build) {
        return new OpenAPI()
                .info(new Info()
                        .title("Polyphony")
                        .version(build.getVersion())
                        .description("Runs many AI agents together on one durable history."))
                .components(new Components()
                        .addSecuritySchemes(
                                "api_key",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("X-API-Key"))
                        .addSecuritySchemes(
                                "bearer",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList("api_key"))
                .addSecurityItem(new SecurityRequirement().addList("bearer"));
    }

    /** springdoc's own handlers and pages. */
    @Bean
    PublicPaths apiDescription() {
        return PublicPaths.of(
                "/openapi.json", "/openapi.json/**", "/openapi.json.yaml", "/docs", "/docs/**", "/swagger-ui/**");
    }

    /** swagger-core describes types with a Jackson 2 of its own, which has to be told how we write names. */
    @Bean
    ModelResolver snakeCaseSchemas() {
        return new ModelResolver(Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }
}
