package dev.polyphony;

import dev.polyphony.platform.database.StartDatabaseEarly;
import dev.polyphony.platform.settings.CheckSettingNames;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server, and the command line that needs none. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class OrchestrationApp {
    public static void main(String[] args) {
        if (PolyphonyCommand.isMeantBy(args)) {
            System.exit(PolyphonyCommand.commandLine().execute(args));
        }
        SpringApplication app = new SpringApplication(OrchestrationApp.class);
        app.addInitializers(new CheckSettingNames(), new StartDatabaseEarly());
        ConfigurableApplicationContext server = app.run(args);
        if (server.getEnvironment().getProperty("polyphony.exit-when-ready", Boolean.class, false)) {
            System.exit(SpringApplication.exit(server));
        }
    }
}
