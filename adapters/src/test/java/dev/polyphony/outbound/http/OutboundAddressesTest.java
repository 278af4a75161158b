package dev.polyphony.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.shared.Rejection;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundAddressesTest {
    private final OutboundAddresses none = allowing();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.8.9.10/",
                "http://localhost:8080/",
                "http://LOCALHOST/",
                "http://[::1]/",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::10.0.0.1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:a00:1::]/", // 6to4 of 10.0.0.1
                "http://[2001:0:0808:0808:0:0:f5ff:fffe]/", // Teredo of 10.0.0.1
                "http://[2001:db8::1]/",
                "http://[fe80::1]/",
                "http://[fd12:3456::1]/",
                "http://[ff02::1]/",
                "http://[100::1]/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://192.0.0.8/",
                "http://198.18.0.1/",
                "http://203.0.113.9/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://127.1/",
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0177.1/",
                "http://017700000001/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://0X7F.1/",
                "http://127.0.0.1./",
                "http://127.000.000.001/",
                "http://0xa9fea9fe/",
                "http://0251.0376.0251.0376/",
                "http://10.65535/",
                "http://012.1.2.3/",
                "http://0/",
                "https://user-controlled.example.test/" // resolves to 10.0.0.7
            })
    void refusesPrivateAndSpecialAddresses(String url) {
        assertThat(refusal(none, url).problem()).isEqualTo(OutboundProblem.ADDRESS_FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://93.184.215.14/",
                "http://8.8.8.8:8080/",
                "http://172.32.0.1/",
                "http://100.128.0.1/",
                "https://[2606:4700::1111]/",
                "http://[64:ff9b::8.8.8.8]/",
                "http://[2002:808:808::]/",
                "https://public.example.test/",
                "https://does-not-resolve.example.test/"
            })
    void letsThePublicInternetThrough(String url) {
        assertThatCode(() -> none.check(URI.create(url), "url")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://public.example.test/",
                "file:///etc/passwd",
                "/just/a/path",
                "http:public.example.test",
                "http:///nothing",
                "mailto:a@example.test",
                "http://user:secret@public.example.test/",
                "http://public.example.test:99999/"
            })
    void refusesWhatIsNotAWebAddress(String url) {
        assertThat(refusal(none, url).problem()).isEqualTo(OutboundProblem.URL_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://010.8.8.8/", // 8.8.8.8 to a browser and 10.8.8.8 to Java
                "http://8.8.2056/",
                "http://134744072/",
                "http://0x08080808/",
                "http://8.8.8.008/",
                "http://8.8.8.8./",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://1.2.3.09/",
                "http://public.example.7/",
                "http://0x/",
                "http://99999999999/"
            })
    void refusesAddressesThatAreNotReadAlikeEverywhere(String url) {
        assertThat(refusal(none, url).problem()).isIn(OutboundProblem.URL_INVALID, OutboundProblem.ADDRESS_FORBIDDEN);
    }

    @Test
    void namesHostAddressAndSetting() {
        Rejection refusal = refusal(none, "https://user-controlled.example.test/hook");

        assertThat(refusal)
                .hasMessageContainingAll(
                        "user-controlled.example.test",
                        "10.0.0.7",
                        "private",
                        "polyphony.http.allowed-private-addresses");
        assertThat(refusal.parameter())
                .isNotNull()
                .extracting(Rejection.Parameter::parameter)
                .isEqualTo("url");
    }

    @Test
    void doesNotRepeatAPassword() {
        Rejection refusal = refusal(none, "http://user:secret@public.example.test/");

        assertThat(refusal).hasMessageNotContaining("secret");
        assertThat(String.valueOf(refusal.parameter())).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:11434, http://127.0.0.1:11434/v1",
        "127.0.0.1, http://127.0.0.1:9999/",
        "localhost:8080, http://localhost:8080/",
        "10.0.0.0/8, http://10.200.3.4:81/",
        "10.0.0.0/8:443, https://10.200.3.4/",
        "fd00::/8:443, https://[fd12:3456::1]/",
        "10.0.0.0/8, https://user-controlled.example.test/",
        "[::1]:9000, http://[::1]:9000/",
        "::1, http://[::1]:9000/",
        "fd00::/8, http://[fd12:3456::1]/",
        "User-Controlled.example.test, https://user-controlled.example.test:8443/",
        "my_ollama:11434, http://my_ollama:11434/"
    })
    void letsThroughWhatTheOperatorListed(String entry, String url) {
        assertThatCode(() -> allowing(entry).check(URI.create(url), "url")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:11434, http://127.0.0.1:11435/",
        "127.0.0.1, http://127.0.0.2/",
        "localhost:8080, http://localhost:8081/",
        "10.0.0.0/8:443, http://10.200.3.4/",
        "localhost, http://localhost.localdomain.example.test/",
        "10.0.0.0/8, http://11.0.0.1.example.test/",
        "[::1]:9000, http://127.0.0.1:9000/",
        "other.example.test, https://user-controlled.example.test/"
    })
    void refusesWhatIsOnlyLikeWhatTheOperatorListed(String entry, String url) {
        assertThat(refusal(allowing(entry), url).problem()).isEqualTo(OutboundProblem.ADDRESS_FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "10.0.0.5/8",
                "10.0.0.0/33",
                "10.0-3.0.0",
                "10.1",
                "localhost:99999",
                "localhost:port",
                "http://localhost",
                "a b",
                "host/24x",
                "host/24",
                "10.0.0.0/8:0",
                "10.0.0.0/8:99999"
            })
    void failsAtStartNamingABadEntry(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> allowing(entry))
                .withMessageContaining("polyphony.http.allowed-private-addresses: '" + entry + "'");
    }

    private static Rejection refusal(OutboundAddresses addresses, String url) {
        Rejection refusal = catchThrowableOfType(Rejection.class, () -> addresses.check(URI.create(url), "url"));
        assertThat(refusal).as("refusal of %s", url).isNotNull();
        return refusal;
    }

    private static OutboundAddresses allowing(String... entries) {
        return new OutboundAddresses(List.of(entries), OutboundAddressesTest::resolve);
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "user-controlled.example.test", "my_ollama" -> List.of(InetAddress.ofLiteral("10.0.0.7"));
            case "localhost.localdomain.example.test", "11.0.0.1.example.test" ->
                List.of(InetAddress.ofLiteral("93.184.215.14"), InetAddress.ofLiteral("127.0.0.1"));
            case "public.example.test" -> List.of(InetAddress.ofLiteral("93.184.215.14"));
            case "does-not-resolve.example.test" -> throw new UnknownHostException(host);
            default -> Dns.SYSTEM.lookup(host);
        };
    }
}
