package dev.polyphony.platform.web;

import java.time.Clock;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** JSON as the API speaks it: a value of the wrong type is refused rather than guessed. */
@Configuration(proxyBeanMethods = false)
public class JsonConfig {
    /** Characters of one text. */
    public static final int MAX_STRING = 4_000_000;

    /** Bytes. */
    public static final long MAX_DOCUMENT = 16_000_000;

    /** Levels of arrays and objects within each other. */
    public static final int MAX_DEPTH = 100;

    /** Names, values and ends of arrays and objects. */
    public static final long MAX_TOKENS = 200_000;

    /** Digits of one number. */
    private static final int MAX_NUMBER = 400;

    /** Characters of one name. */
    private static final int MAX_NAME = 1_000;

    /** For whatever the server reads, also its own history. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(MAX_STRING)
            .maxDocumentLength(MAX_DOCUMENT)
            .maxNestingDepth(MAX_DEPTH)
            .build();

    static {
        StreamReadConstraints.overrideDefaultStreamReadConstraints(LIMITS);
    }

    /** Spring Boot sets limits of its own, wide ones, for what reads requests. */
    @Bean
    JsonFactoryBuilderCustomizer limits() {
        return factory -> factory.streamReadConstraints(LIMITS.rebuild()
                .maxTokenCount(MAX_TOKENS)
                .maxNumberLength(MAX_NUMBER)
                .maxNameLength(MAX_NAME)
                .build());
    }

    @Bean
    JsonMapperBuilderCustomizer strictTypes() {
        return json -> json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .withCoercionConfig(LogicalType.Textual, strings -> {
                    strings.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    strings.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    strings.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
