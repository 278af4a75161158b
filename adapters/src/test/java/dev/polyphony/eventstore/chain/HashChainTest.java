package dev.polyphony.eventstore.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected values come from another implementation of the recipe in docs/history.md, in Python. */
class HashChainTest {
    private static final EventContent FIRST = new EventContent(
            "e-1",
            "thing.happened",
            1,
            "thing",
            "thing-1",
            0,
            "acme",
            "key:änn",
            "req-1",
            "req-0",
            Instant.parse("2026-03-01T10:00:00.123456Z"),
            "{\"b\" : 1.0,\"a\":\"\\u00e4 ä 🎼\"}");

    private static final EventContent SECOND = new EventContent(
            "e-2",
            "thing.ended",
            2,
            "thing",
            "thing-1",
            1,
            "acme",
            "key:ann",
            "req-2",
            "e-1",
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            "{}");

    @Test
    void computesWhatTheRecipeSays() {
        byte[] firstHash = HashChain.link(HashChain.genesis(), 1, HashChain.digest(FIRST));
        byte[] secondHash = HashChain.link(firstHash, 2, HashChain.digest(SECOND));

        assertThat(hex(HashChain.digest(FIRST)))
                .isEqualTo("9f73e647e3281ae019071b1b5870f3a4b4f03d2938065abe9fbca5a35c56817a");
        assertThat(hex(firstHash)).isEqualTo("d5736045bc84ef2bc22f13cf516cdd876ea81ba19d1b40f02a7afa01b43626b6");
        assertThat(hex(HashChain.digest(SECOND)))
                .isEqualTo("232c8996de3c4a9389803b01742ba53177015075fc0b29026d41e0eb6e46f49b");
        assertThat(hex(secondHash)).isEqualTo("33caa18217219105681199221c36bad1aa66a50971c27576521571807dc95549");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
