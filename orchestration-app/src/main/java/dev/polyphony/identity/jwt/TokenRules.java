package dev.polyphony.identity.jwt;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** What every token has to satisfy, in the order in which faults are told. Spring's own defaults ask for neither exp nor aud. */
record TokenRules(List<Rule> rules) implements OAuth2TokenValidator<Jwt> {
    private static final int MAX_SUBJECT = 255;

    record Rule(TokenFault fault, OAuth2TokenValidator<Jwt> check) {}

    static TokenRules of(String issuer, String audience, Duration skew, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(skew);
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock);
        return new TokenRules(List.of(
                new Rule(TokenFault.ISSUER, new JwtIssuerValidator(issuer)),
                new Rule(TokenFault.AUDIENCE, new JwtAudienceValidator(audience)),
                rule(TokenFault.CLAIMS, token -> token.getExpiresAt() != null),
                new Rule(TokenFault.EXPIRED, times),
                rule(
                        TokenFault.CLAIMS,
                        token -> token.getIssuedAt() != null
                                && !token.getIssuedAt().isAfter(clock.instant().plus(skew))),
                rule(TokenFault.CLAIMS, token -> isName(token.getSubject()))));
    }

    /** Tokens of our own can be revoked one by one. */
    static TokenRules ofOwn(String issuer, String audience, Duration skew, Clock clock) {
        List<Rule> rules =
                new java.util.ArrayList<>(of(issuer, audience, skew, clock).rules());
        rules.add(rule(TokenFault.CLAIMS, token -> isName(token.getId())));
        return new TokenRules(List.copyOf(rules));
    }

    private static Rule rule(TokenFault fault, Predicate<Jwt> holds) {
        return new Rule(
                fault,
                token -> holds.test(token)
                        ? OAuth2TokenValidatorResult.success()
                        : OAuth2TokenValidatorResult.failure(fault.error()));
    }

    private static boolean isName(@org.jspecify.annotations.Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= MAX_SUBJECT
                && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return rules.stream()
                .filter(rule -> rule.check().validate(token).hasErrors())
                .findFirst()
                .map(rule -> OAuth2TokenValidatorResult.failure(rule.fault().error()))
                .orElseGet(OAuth2TokenValidatorResult::success);
    }
}
