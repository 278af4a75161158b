package dev.polyphony.platform.requests;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How strictly our own API reads. Controllers that speak another vendor's API read bodies themselves, as that vendor does. */
@Configuration(proxyBeanMethods = false)
class RequestsConfig implements WebMvcConfigurer {
    /** The years of RFC 3339, which a database can hold too. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String[] VENDORS = {"/openai/**", "/ollama/**", "/error"};

    private final JsonMapper json;

    RequestsConfig(JsonMapper json) {
        this.json = json;
    }

    /** In the place of Spring's own, behind those for bytes and texts. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new KnownParameters()).excludePathPatterns(VENDORS);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addFormatterForFieldType(Instant.class, (time, _) -> time.toString(), (text, _) -> time(text));
    }

    private static Instant time(String text) {
        Instant time;
        try {
            time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("not a time", unreadable);
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("a time beyond the years 1 to 9999");
        }
        return time;
    }
}
