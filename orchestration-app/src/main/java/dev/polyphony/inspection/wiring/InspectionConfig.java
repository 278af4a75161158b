package dev.polyphony.inspection.wiring;

import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.inspection.tree.TreeInspector;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.platform.PolyphonyProperties;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring how sources are read. */
@Configuration(proxyBeanMethods = false)
class InspectionConfig {
    @Bean
    SourceInspector sourceInspector(OkHttpClient client, OutboundPolicy policy, PolyphonyProperties properties) {
        return new TreeInspector(
                new RepositoriesRoot(properties.repositories().path()),
                new GitRemotes(client, policy, properties.dataPath().resolve("scratch")),
                SourceLimits.DEFAULTS);
    }
}
