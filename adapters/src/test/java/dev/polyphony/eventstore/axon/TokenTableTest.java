package dev.polyphony.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.postgres.PostgresExtension;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TokenTableTest {
    private static final String PROCESSOR = "audit";

    private TokenStore left;
    private TokenStore right;

    @BeforeEach
    void runsTwoNodes(DataSource database) {
        left = node("left", database);
        right = node("right", database);
    }

    @Test
    void passesAClaimedSegmentFromNodeToNode() {
        left.initializeTokenSegments(PROCESSOR, 2);
        left.fetchToken(PROCESSOR, 1);
        left.storeToken(new GlobalSequenceTrackingToken(42), PROCESSOR, 1);
        assertThatThrownBy(() -> right.fetchToken(PROCESSOR, 1)).isInstanceOf(UnableToClaimTokenException.class);

        left.releaseClaim(PROCESSOR, 1);

        assertThat(right.fetchToken(PROCESSOR, 1)).isEqualTo(new GlobalSequenceTrackingToken(42));
        assertThat(left.fetchSegments(PROCESSOR)).containsExactly(0, 1);
    }

    @Test
    void storesNoTokenForANodeThatHasLostTheSegment(DSLContext sql) {
        left.initializeTokenSegments("router", 1);
        left.fetchToken("router", 0);

        TokenTable.releaseClaims(sql, "router");

        assertThatThrownBy(() -> left.storeToken(new GlobalSequenceTrackingToken(42), "router", 0))
                .isInstanceOf(UnableToClaimTokenException.class)
                .hasMessageContaining("segment 0 of router");
        assertThat(right.fetchToken("router", 0)).isNull();
    }

    @Test
    void extendsNoClaimOfANodeThatHasLostTheSegment(DSLContext sql) {
        left.initializeTokenSegments("board", 1);
        left.fetchToken("board", 0);
        left.extendClaim("board", 0);

        TokenTable.releaseClaims(sql, "board");

        assertThatThrownBy(() -> left.extendClaim("board", 0))
                .isInstanceOf(UnableToClaimTokenException.class)
                .hasMessageContaining("segment 0 of board");
        assertThat(TokenTable.tokens(sql, Jackson3Serializer.builder().build(), "board"))
                .extracting(StoredToken::node)
                .containsOnlyNulls();
    }

    @Test
    void tellsEveryNodeTheSameStorage() {
        assertThat(left.retrieveStorageIdentifier()).isPresent().isEqualTo(right.retrieveStorageIdentifier());
    }

    private static TokenStore node(String name, DataSource database) {
        return TokenTable.store(
                database::getConnection, Jackson3Serializer.builder().build(), new SegmentClaims(name));
    }
}
