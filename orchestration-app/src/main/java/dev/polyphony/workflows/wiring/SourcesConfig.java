package dev.polyphony.workflows.wiring;

import dev.polyphony.config.PolyphonyProperties;
import dev.polyphony.shared.OutboundPolicy;
import dev.polyphony.workflows.sources.SourceInspector;
import dev.polyphony.workflows.tree.TreeInspector;
import dev.polyphony.workflows.tree.files.RepositoriesRoot;
import dev.polyphony.workflows.tree.files.SourceLimits;
import dev.polyphony.workflows.tree.git.GitRemotes;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring how sources are read. */
@Configuration(proxyBeanMethods = false)
class SourcesConfig {
    @Bean
    SourceInspector sourceInspector(OkHttpClient client, OutboundPolicy policy, PolyphonyProperties properties) {
        return new TreeInspector(
                new RepositoriesRoot(properties.repositories().path()),
                new GitRemotes(client, policy, properties.dataPath().resolve("scratch")),
                SourceLimits.DEFAULTS);
    }
}
