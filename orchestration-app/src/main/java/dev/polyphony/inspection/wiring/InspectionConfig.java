package dev.polyphony.inspection.wiring;

import dev.polyphony.inspection.SourceInspector;
import dev.polyphony.inspection.tree.TreeInspector;
import dev.polyphony.inspection.tree.files.RepositoriesRoot;
import dev.polyphony.inspection.tree.files.SourceLimits;
import dev.polyphony.inspection.tree.git.GitRemotes;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.platform.DataDirectory;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Spring how sources are read. */
@Configuration(proxyBeanMethods = false)
class InspectionConfig {
    @Bean
    SourceInspector sourceInspector(
            OkHttpClient client, OutboundPolicy policy, InspectionSettings settings, DataDirectory directory) {
        return new TreeInspector(
                new RepositoriesRoot(settings.path()),
                new GitRemotes(client, policy, directory.resolve("scratch")),
                SourceLimits.DEFAULTS);
    }
}
