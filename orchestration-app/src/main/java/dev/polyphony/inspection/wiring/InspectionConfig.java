package dev.polyphony.inspection.wiring;

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
    TreeInspector sourceInspector(
            OkHttpClient client, OutboundPolicy policy, InspectionSettings settings, DataDirectory directory) {
        return new TreeInspector(
                new RepositoriesRoot(settings.path(), directory.path()),
                new GitRemotes(client, policy, directory.resolve("scratch"), settings.gitTokens()).sweeping(),
                SourceLimits.DEFAULTS);
    }
}
