package dev.polyphony.platform.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

class ForwardedHeadersTest {
    private final MockEnvironment settings = new MockEnvironment();

    @ParameterizedTest
    @CsvSource({
        "framework, ''",
        "FRAMEWORK, 10\\.1\\.2\\.3",
        "native, ''",
        "NATIVE, ' '",
    })
    void areBelievedFromNamedProxiesOnly(String strategy, String proxies) {
        settings.setProperty("server.forward-headers-strategy", strategy);
        settings.setProperty("server.tomcat.remoteip.internal-proxies", proxies);

        assertThatThrownBy(() -> new ForwardedHeaders(settings))
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("would believe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "native"})
    void countWhenProxiesAreNamedOrNotAtAll(String strategy) {
        settings.setProperty("server.forward-headers-strategy", strategy);
        settings.setProperty("server.tomcat.remoteip.internal-proxies", "10\\.1\\.2\\.3");

        assertThatCode(() -> new ForwardedHeaders(settings)).doesNotThrowAnyException();
    }

    @Test
    void countForNothingUnlessConfigured() {
        assertThatCode(() -> new ForwardedHeaders(settings)).doesNotThrowAnyException();
    }
}
