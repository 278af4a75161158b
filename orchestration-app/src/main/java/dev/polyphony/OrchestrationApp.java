package dev.polyphony;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
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
        SpringApplication.run(OrchestrationApp.class, args);
    }
}
