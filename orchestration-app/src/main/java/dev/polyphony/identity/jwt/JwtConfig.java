package dev.polyphony.identity.jwt;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.tokens.SigningKeys;
import dev.polyphony.identity.tokens.TokenRevocations;
import dev.polyphony.identity.wiring.SecuritySettings;
import dev.polyphony.identity.wiring.SecuritySettings.Algorithm;
import dev.polyphony.identity.wiring.SecuritySettings.Issuer;
import dev.polyphony.identity.wiring.SecuritySettings.Jwt;
import java.nio.file.Path;
import java.time.Clock;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what makes and checks tokens, as it is configured. */
@Configuration(proxyBeanMethods = false)
class JwtConfig {
    @Bean
    TokenKeys tokenKeys(SecuritySettings security, SigningKeys store, Clock clock) {
        Jwt settings = security.jwt();
        if (settings.algorithm() == Algorithm.RS256
                && !settings.privateKeyFile().isBlank()) {
            return KeyFiles.rsa(
                    Path.of(settings.privateKeyFile()),
                    settings.verificationKeyFiles().stream().map(Path::of).toList());
        }
        return settings.algorithm() == Algorithm.HS256 && !settings.secretFile().isBlank()
                ? KeyFiles.secret(Path.of(settings.secretFile()))
                : new GeneratedKeys(store, settings, clock, System::nanoTime);
    }

    @Bean
    AccessTokens accessTokens(TokenKeys keys, SecuritySettings security, Clock clock) {
        return new AccessTokens(keys, security.jwt(), clock);
    }

    @Bean
    PublishedKeys publishedKeys(TokenKeys keys) {
        return new PublishedKeys(keys);
    }

    @Bean
    TokenAuthentication tokenAuthentication(
            TokenKeys keys, SecuritySettings security, TokenRevocations revocations, TokenSources sources) {
        Jwt own = security.jwt();
        TokenCallers callers = new TokenCallers(sources.tenants());
        TokenAuthentication tokens =
                new TokenAuthentication(revocations, new RevocationCheck(revocations, Ticker.systemTicker()));
        tokens.trust(
                own.issuer(),
                TokenDecoders.own(
                        keys, TokenRules.ofOwn(own.issuer(), own.audience(), own.clockSkew(), sources.clock())),
                callers::own);
        GuardedRetriever retriever = new GuardedRetriever(sources.http());
        for (Issuer issuer : security.issuers()) {
            tokens.trust(
                    issuer.issuer(),
                    TokenDecoders.external(
                            new ExternalKeys(issuer, retriever, System::nanoTime),
                            TokenRules.of(issuer.issuer(), issuer.audience(), own.clockSkew(), sources.clock())),
                    token -> callers.external(token, issuer));
        }
        return tokens;
    }

    @Bean
    TokenSources tokenSources(Tenants tenants, OkHttpClient http, Clock clock) {
        return new TokenSources(tenants, http, clock);
    }

    /** What checking a token takes besides keys. */
    record TokenSources(Tenants tenants, OkHttpClient http, Clock clock) {}
}
