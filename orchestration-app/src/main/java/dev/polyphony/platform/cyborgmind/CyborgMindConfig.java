package dev.polyphony.platform.cyborgmind;

import dev.polyphony.platform.errors.ApiDialect;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The paths of CyborgMind. */
@Configuration(proxyBeanMethods = false)
class CyborgMindConfig {
    @Bean
    ApiDialect resetDialect() {
        return new CyborgMindDialect("/reset");
    }

    @Bean
    ApiDialect stepDialect() {
        return new CyborgMindDialect("/step");
    }

    @Bean
    ApiDialect stepBatchDialect() {
        return new CyborgMindDialect("/step_batch");
    }

    @Bean
    ApiDialect streamDialect() {
        return new CyborgMindDialect("/stream");
    }
}
