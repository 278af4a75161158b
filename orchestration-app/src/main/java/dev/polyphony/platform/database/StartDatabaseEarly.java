package dev.polyphony.platform.database;

import dev.polyphony.platform.DataDirectory;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Starts the embedded PostgreSQL before Spring reads its configuration, which takes longer. What is started is a bean, so that a
 * server that fails before it needs the database stops it.
 */
public final class StartDatabaseEarly implements ApplicationContextInitializer<GenericApplicationContext> {
    @Override
    public void initialize(GenericApplicationContext server) {
        BeanDefinitionRegistryPostProcessor firstActOfTheRefresh = _ -> start(server);
        server.addBeanFactoryPostProcessor(firstActOfTheRefresh);
    }

    private static void start(GenericApplicationContext server) {
        Environment settings = server.getEnvironment();
        DataDirectory directory = Binder.get(settings).bindOrCreate("polyphony", DataDirectory.class);
        String url = settings.getProperty("spring.datasource.url", "");
        if (!url.isBlank()) {
            DatabaseUrl.check(url);
        } else if (!directory.dataDir().isBlank()) {
            server.registerBean(StartingDatabase.class, () -> StartingDatabase.in(directory));
            server.getBean(StartingDatabase.class);
        }
    }
}
