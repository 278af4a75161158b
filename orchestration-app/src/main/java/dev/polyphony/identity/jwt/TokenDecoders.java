package dev.polyphony.identity.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.Key;
import java.util.Map;
import java.util.Set;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Decoders that take a token's word for nothing: neither for the algorithm nor for where keys are. */
final class TokenDecoders {
    private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private TokenDecoders() {}

    /** A key verifies the one algorithm that it was made for, and only tokens that name it. */
    static JwtDecoder own(TokenKeys keys, OAuth2TokenValidator<Jwt> rules) {
        return decoder(
                (header, _) -> keys.verifying().stream()
                        .filter(key -> fits(key, header))
                        .map(TokenDecoders::verification)
                        .toList(),
                rules);
    }

    /** The keys of others are public ones: a shared secret would be known to whoever can read their key set. */
    static JwtDecoder external(JWKSource<SecurityContext> keys, OAuth2TokenValidator<Jwt> rules) {
        return decoder(new JWSVerificationKeySelector<>(ASYMMETRIC, keys), rules);
    }

    private static boolean fits(JWK key, JWSHeader header) {
        return key.getKeyID().equals(header.getKeyID()) && header.getAlgorithm().equals(key.getAlgorithm());
    }

    private static Key verification(JWK key) {
        try {
            return key instanceof OctetSequenceKey secret ? secret.toSecretKey() : ((AsymmetricJWK) key).toPublicKey();
        } catch (JOSEException broken) {
            throw new IllegalStateException("the key " + key.getKeyID() + " cannot be used", broken);
        }
    }

    private static JwtDecoder decoder(JWSKeySelector<SecurityContext> keys, OAuth2TokenValidator<Jwt> rules) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        processor.setJWTClaimsSetVerifier((_, _) -> {}); // by the rules
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setClaimSetConverter(withoutInventedTimes());
        decoder.setJwtValidator(rules);
        return decoder;
    }

    /** Spring's converter makes up the time of issue of a token that names none. */
    private static Converter<Map<String, Object>, Map<String, Object>> withoutInventedTimes() {
        Converter<Map<String, Object>, Map<String, Object>> converter =
                MappedJwtClaimSetConverter.withDefaults(Map.of());
        return claims -> {
            if (claims.get(JwtClaimNames.IAT) == null) {
                throw new BadJwtException(TokenFault.CLAIMS.sentence());
            }
            return converter.convert(claims);
        };
    }
}
