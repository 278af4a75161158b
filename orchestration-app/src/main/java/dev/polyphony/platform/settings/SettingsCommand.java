package dev.polyphony.platform.settings;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony settings [PART]} */
@Command(
        name = "settings",
        description = "Lists every setting with its default and its meaning.",
        footer = "A setting is given as --name=value, as the variable in brackets, or in application.yml in the working"
                + " directory.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SettingsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PART", arity = "0..1", description = "only those with this in their name")
    private @Nullable String part;

    private SettingsCommand() {}

    @Override
    public Integer call() {
        List<Setting> found =
                SettingCatalogue.all().stream().filter(this::isWanted).toList();
        if (found.isEmpty()) {
            spec.commandLine().getErr().println("There is no setting with '" + part + "' in its name.");
            return ExitCode.USAGE;
        }
        found.forEach(setting -> spec.commandLine().getOut().println(text(setting)));
        return ExitCode.OK;
    }

    private boolean isWanted(Setting setting) {
        String name = part == null ? "" : part.toLowerCase(Locale.ROOT);
        return setting.name().contains(name)
                || setting.variable().toLowerCase(Locale.ROOT).contains(name);
    }

    private static String text(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "none" : setting.defaultValue();
        return "%s (%s)%n    default: %s%n    %s"
                .formatted(setting.name(), setting.variable(), value, setting.meaning());
    }
}
