package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.environment.EnvironmentStatus;
import io.functionenvironment.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier call or a provider wrote is not trusted. */
@Timeout(5)
class ImplausibleStateTest {
    /** Each would be calculated and written with all its digits. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1E2147483647", "1e50"})
    void aHugeExponentIsNoAmount(String quantity) {
        assertEquals(Optional.empty(), QuotaHeadroom.amount(Optional.of(new Json.Text(quantity))));
    }

    @Test
    void anOrdinaryQuantityIsAnAmount() {
        var amount = QuotaHeadroom.amount(Optional.of(new Json.Text("2Gi"))).orElseThrow();
        assertEquals(0, amount.compareTo(BigDecimal.valueOf(2L << 30)));
        assertEquals(Optional.empty(), QuotaHeadroom.amount(Optional.of(new Json.Num(1e300))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "../../other", "0.30.0 --set x=y", "\u001b[2J"})
    void aVersionInTheStatusThatIsNoneCountsAsNeverWritten(String version) {
        assertEquals(Optional.empty(), memory(version));
        assertEquals(Optional.of("0.30.1"), memory("0.30.1"));
    }

    private static Optional<String> memory(String version) {
        return EnvironmentStatus.read(obj("status", obj("cluster", obj("chartVersion", version))))
                .chartVersion();
    }
}
