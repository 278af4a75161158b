package dev.polyphony.eventstore.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.inspection.Source;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedJsonTest {
    private static final DataSubject ALICE = new DataSubject(TenantId.DEFAULT, "alice");
    private static final DataSubject BOB = new DataSubject(TenantId.DEFAULT, "bob");
    private static final String PLACE = "letter.written";

    /** The ciphertext of a field. */
    private static final String DATA = "(?<=\"data\":\")[\\w-]+";

    /** What a field of Alice's is stored as, but for its ciphertext. */
    private static final String FIELD =
            "{'@encrypted':'AES-256-GCM','subject':{'tenant':'default','id':'alice'},'key':1,'data':'DATA'}"
                    .replace('\'', '"');

    private final RememberedKeys keys = new RememberedKeys();
    private final EncryptedJson json = new EncryptedJson(keys);

    record Line(int number, @Personal String text) {}

    record Letter(
            @Personal String text,
            @Personal List<String> names,
            @Personal(erased = "0") int age,
            @Personal(erased = "null") @Nullable Source source,
            List<Line> lines,
            DataSubject writer) {}

    record Parcel(@Personal(erased = "null") Json content, DataSubject writer) {}

    record Unsayable(@Personal Line line) {}

    record Nameable(@Personal(erased = "{}") Map<String, String> members) {}

    private static final Letter LETTER = new Letter(
            "Dear Bob",
            List.of("Alice", "Bob"),
            42,
            new Source.Text("Alice's diary"),
            List.of(new Line(1, "I am ill"), new Line(2, "")),
            ALICE);

    @Test
    void encryptsACopyOfOneRowToTheSameTextEveryTimeAndOfAnotherToAnother() {
        String copy = json.writeCopy("letters/1", ALICE, LETTER);

        assertThat(json.writeCopy("letters/1", ALICE, LETTER)).isEqualTo(copy);
        assertThat(json.read("letters/1", copy, Letter.class, Letter::writer)).isEqualTo(LETTER);
        assertThat(json.writeCopy("letters/2", ALICE, LETTER)).isNotEqualTo(copy);
        assertThat(write(LETTER)).isNotEqualTo(write(LETTER));
        assertThatThrownBy(() -> json.read("letters/2", copy, Letter.class, Letter::writer))
                .hasMessageContaining("moved here from elsewhere");
    }

    @Test
    void encryptsEverythingPersonalAndNothingElse() {
        String stored = write(LETTER);

        assertThat(stored.replaceAll(DATA, "DATA").replace(FIELD, "FIELD"))
                .isEqualTo("{'text':FIELD,'names':FIELD,'age':FIELD,'source':FIELD,'lines':[{'number':1,'text':FIELD},"
                                .replace('\'', '"')
                        + "{'number':2,'text':FIELD}],'writer':{'tenant':'default','id':'alice'}}".replace('\'', '"'));
        assertThat(Pattern.compile(DATA).matcher(stored).results())
                .hasSize(6)
                .map(data -> new String(Base64.getUrlDecoder().decode(data.group()), ISO_8859_1))
                .noneMatch(data -> data.contains("Dear Bob") || data.contains("diary\"}") || data.contains("I am ill"));
        assertThat(read(stored)).isEqualTo(LETTER);
    }

    @Test
    void writesNothingTwiceTheSame() {
        assertThat(write(LETTER)).isNotEqualTo(write(LETTER));
    }

    @Test
    void keepsNothingsAsNothings() {
        Letter sparse = new Letter("", List.of(), 0, null, List.of(), ALICE);

        assertThat(write(sparse)).contains("\"source\":null");
        assertThat(read(write(sparse))).isEqualTo(sparse);
    }

    @Test
    void showsTheErasedValuesOnceTheKeyIsDestroyed() {
        String stored = write(LETTER);
        keys.destroy(ALICE);

        assertThat(json.isErased(ALICE)).isTrue();
        assertThat(read(stored))
                .isEqualTo(new Letter(
                        Personal.ERASED,
                        List.of(),
                        0,
                        null,
                        List.of(new Line(1, Personal.ERASED), new Line(2, Personal.ERASED)),
                        ALICE));
    }

    @Test
    void leavesOutWhatComesAfterTheErasure() {
        keys.destroy(ALICE);
        String stored = write(LETTER);

        assertThat(stored).doesNotContain("\"data\"", "\"key\"");
        assertThat(read(stored).text()).isEqualTo(Personal.ERASED);
    }

    @Test
    void doesNotBelieveInAnErasureThatDidNotHappen() {
        keys.toEncrypt(ALICE);
        String forged =
                "{\"text\":{\"@encrypted\":\"AES-256-GCM\",\"subject\":{\"tenant\":\"default\",\"id\":\"alice\"}},\"writer\":{\"tenant\":\"default\",\"id\":\"alice\"}}";

        assertThatThrownBy(() -> read(forged)).hasMessageContaining("which is not so");
    }

    @Test
    void readsWhatAnOlderVersionStoredPlain() {
        assertThat(read(json.plain(LETTER))).isEqualTo(LETTER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@encrypted\":\"AES-256-GCM\",\"subject\":{\"tenant\":\"default\",\"id\":\"alice\"}}",
                "{\"@encrypted\":\"AES-256-GCM\",\"subject\":{\"tenant\":\"default\",\"id\":\"bob\"},\"key\":1,\"data\":\"AAAA\"}",
                "\",\"@encrypted\":\"AES-256-GCM\"",
                "[erased]",
                "\0\\\"\uD800"
            })
    void takesATextForATextWhateverItLooksLike(String text) {
        Letter hostile = new Letter(text, List.of(text), 0, new Source.Text(text), List.of(new Line(1, text)), ALICE);

        assertThat(read(write(hostile))).isEqualTo(hostile);
        assertThat(read(json.plain(hostile))).isEqualTo(hostile);
        assertThat(json.isErased(ALICE)).isFalse();
    }

    @Test
    void noticesATextThatWasMovedToAnotherField() {
        String stored =
                write(new Letter("a", List.of("b"), 0, null, List.of(new Line(1, "c"), new Line(2, "d")), ALICE));
        String first = field(stored, "\"number\":1,\"text\":");
        String second = field(stored, "\"number\":2,\"text\":");

        assertThatThrownBy(() -> read(stored.replace(second, first)))
                .hasMessageContaining("/lines/1/text of letter.written")
                .hasMessageContaining("default/alice");
        assertThatThrownBy(() -> read(stored.replace(field(stored, "{\"text\":"), first)))
                .hasMessageContaining("/text of letter.written");
    }

    @Test
    void noticesATextThatWasMovedToAnotherPlace() {
        String stored = write(LETTER);

        assertThatThrownBy(() -> json.read("letter.read", stored, Letter.class, Letter::writer))
                .hasMessageContaining("moved");
    }

    @Test
    void noticesATextThatWasMovedToAnotherSubject() {
        String stored = write(LETTER);
        keys.toEncrypt(BOB);
        String writer = "\"writer\":{\"tenant\":\"default\",\"id\":\"alice\"}";

        assertThatThrownBy(() -> read(stored.replace(writer, writer.replace("alice", "bob"))))
                .hasMessageContaining("is about default/bob and has encrypted data of default/alice");
        assertThatThrownBy(() -> read(stored.replace("alice", "bob"))).hasMessageContaining("changed, or moved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"key\":1 -> \"key\":2",
                "AES-256-GCM -> AES-256-GCM-SIV",
                "AES-256-GCM -> ROT13",
                "\"data\":\" -> \"data\":\"A",
                "\"data\":\" -> \"data\":\"?",
                "\"data\":\"[\\w-]{8} -> \"data\":\"",
                "\"data\":\"[\\w-]+ -> \"data\":\"AAAA",
                "\"data\":\"[\\w-]+ -> \"data\":\"",
                "\\{\"tenant\":\"default\",\"id\":\"alice\"\\},\"key\" -> null,\"key\"",
            })
    void saysLoudlyWhatItCannotDecrypt(String change) {
        String[] sides = change.split(" -> ", -1);
        String changed = write(LETTER).replaceFirst(sides[0], sides[1]);

        assertThatThrownBy(() -> read(changed)).hasMessageContaining("encrypted data");
    }

    @Test
    void neverTakesAKeyThatCannotBeHadForAnErasure() {
        String stored = write(LETTER);
        EncryptedJson elsewhere = new EncryptedJson(new RememberedKeys());

        assertThatThrownBy(() -> elsewhere.read(PLACE, stored, Letter.class, Letter::writer))
                .hasMessageContaining("there never was a key of default/alice");
    }

    @Test
    void encryptsNothingWithoutASubject() {
        assertThatThrownBy(() -> json.write(PLACE, null, LETTER)).hasMessageContaining("names no data subject");
    }

    @Test
    void refusesComponentsThatDoNotSayWhatTheyReadAsOnceErased() {
        assertThatThrownBy(() -> json.write(PLACE, ALICE, new Unsayable(new Line(1, "x"))))
                .hasMessageContaining("Unsayable.line is @Personal and has to say");
    }

    @Test
    void takesJsonForJsonWhateverItLooksLike() {
        Parcel parcel =
                new Parcel(new Json("{\"@encrypted\":1,\"subject\":{\"tenant\":\"default\",\"id\":\"alice\"}}"), ALICE);
        String stored = json.write(PLACE, ALICE, parcel);

        assertThat(json.read(PLACE, stored, Parcel.class, Parcel::writer)).isEqualTo(parcel);
        assertThatThrownBy(
                        () -> json.read(PLACE, json.plain(new Parcel(Json.EMPTY, ALICE)), Parcel.class, Parcel::writer))
                .hasMessageContaining("the personal JSON in /content is not encrypted");

        keys.destroy(ALICE);
        assertThat(json.read(PLACE, stored, Parcel.class, Parcel::writer)).isEqualTo(new Parcel(Json.NULL, ALICE));
    }

    @Test
    void refusesComponentsWhosePlainFormCouldLookEncrypted() {
        assertThatThrownBy(() -> json.write(PLACE, ALICE, new Nameable(Map.of("@encrypted", "1"))))
                .hasMessageContaining("Nameable.members cannot be @Personal");
    }

    private String write(Letter letter) {
        return json.write(PLACE, letter.writer(), letter);
    }

    private Letter read(String stored) {
        return json.read(PLACE, stored, Letter.class, Letter::writer);
    }

    private static String field(String stored, String after) {
        int from = stored.indexOf(after) + after.length();
        return stored.substring(from, stored.indexOf('}', stored.indexOf("\"data\"", from)) + 1);
    }
}
