package dev.polyphony.identity.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.polyphony.identity.wiring.SecuritySettings.Issuer;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of another issuer, where the configuration or the issuer's discovery document says. Looked for when the first token comes,
 * since the issuer may start later than this server; kept and renewed by Nimbus, which asks no more than twice in 30 s for keys that
 * are not there.
 */
final class ExternalKeys implements JWKSource<SecurityContext> {
    private static final long RETRY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final Issuer issuer;
    private final ResourceRetriever retriever;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable JWKSource<SecurityContext> found;
    private volatile @Nullable Failure failure;

    ExternalKeys(Issuer issuer, ResourceRetriever retriever, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.retriever = retriever;
        this.nanoTime = nanoTime;
    }

    private record Failure(String message, long at) {}

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        JWKSource<SecurityContext> known = found;
        return (known == null ? discovered() : known).get(selector, context);
    }

    private JWKSource<SecurityContext> discovered() throws KeySourceException {
        lock.lock();
        try {
            JWKSource<SecurityContext> known = found;
            if (known == null) {
                refuseSoonAfterFailure();
                known = JWKSourceBuilder.<SecurityContext>create(keySet(), retriever)
                        .retrying(true)
                        .build();
                found = known;
            }
            return known;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            failure = new Failure(String.valueOf(e.getMessage()), nanoTime.getAsLong());
            throw new KeySourceException("the keys of " + issuer.issuer() + " cannot be found: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void refuseSoonAfterFailure() throws KeySourceException {
        Failure last = failure;
        if (last != null && nanoTime.getAsLong() - last.at() < RETRY_NANOS) {
            throw new KeySourceException("the keys of " + issuer.issuer() + " could not be found: " + last.message());
        }
    }

    private URL keySet() throws IOException, ParseException {
        return issuer.jwksUri() == null ? discover() : issuer.jwksUri().toURL();
    }

    /** OpenID Connect Discovery 1.0: the document has to name the issuer that it was asked for. */
    private URL discover() throws IOException, ParseException {
        String base = issuer.issuer().replaceFirst("/$", "");
        Map<String, Object> document = JSONObjectUtils.parse(
                retriever.retrieveResource(url(base + DISCOVERY)).getContent());
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new IOException("its discovery document names another issuer, '" + document.get("issuer") + "'");
        }
        return url(String.valueOf(document.get("jwks_uri")));
    }

    private static URL url(String text) throws MalformedURLException {
        return URI.create(text).toURL();
    }
}
