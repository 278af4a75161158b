package dev.polyphony.platform.settings;

import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses to start with a name of ours that is no setting, on the command line or in a file: it was mistyped, and would do
 * nothing. The environment may hold what is meant for others, so that there it is only warned of.
 */
public final class CheckSettingNames implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckSettingNames.class);
    private static final String OURS = "polyphony";

    @Override
    public void initialize(ConfigurableApplicationContext server) {
        SettingNames names = SettingNames.load();
        for (PropertySource<?> source : server.getEnvironment().getPropertySources()) {
            String origin = source.getName();
            if (origin.equals("commandLineArgs") || origin.startsWith("Config resource")) {
                unknown(source, names).findFirst().ifPresent(name -> {
                    throw new IllegalArgumentException(complaint(name, names));
                });
            } else if (origin.equals("systemEnvironment")) {
                unknown(source, names).forEach(name -> LOG.warn("{} in the environment", complaint(name, names)));
            }
        }
    }

    private static Stream<String> unknown(PropertySource<?> source, SettingNames names) {
        return source instanceof EnumerablePropertySource<?> listed
                ? Stream.of(listed.getPropertyNames())
                        .filter(name -> name.toLowerCase(Locale.ROOT).matches(OURS + "[._].*"))
                        .filter(name -> !names.has(name))
                : Stream.empty();
    }

    private static String complaint(String name, SettingNames names) {
        return names.nearest(name)
                .map(near -> "%s is no setting; did you mean %s?".formatted(name, near))
                .orElseGet(() -> name + " is no setting");
    }
}
