package dev.polyphony.identity.jwt;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;

/** The keys that this server signs tokens with and verifies them by. */
interface TokenKeys {
    JWK signing();

    /** All that verify, the one that signs among them. */
    List<JWK> verifying();
}
