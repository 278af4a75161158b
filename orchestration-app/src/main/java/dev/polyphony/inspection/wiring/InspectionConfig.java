package dev.polyphony.inspection.wiring;

import dev.polyphony.identity.Tenants;
import dev.polyphony.inspection.RepositoryRoots;
import dev.polyphony.inspection.automation.TenantRoots;
import dev.polyphony.inspection.tree.TenantTrees;
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
    RepositoryRoots repositoryRoots(InspectionSettings settings, Tenants tenants) {
        return new TenantRoots(settings.path(), tenants);
    }

    @Bean
    TenantTrees sourceInspectors(
            OkHttpClient client,
            OutboundPolicy policy,
            InspectionSettings settings,
            DataDirectory directory,
            RepositoryRoots roots) {
        return new TenantTrees(
                roots,
                directory.path(),
                new GitRemotes(client, policy, directory.resolve("scratch"), settings.gitTokens()).sweeping());
    }
}
