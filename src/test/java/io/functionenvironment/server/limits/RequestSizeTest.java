package io.functionenvironment.server.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How memory is divided, and how the need of a request is estimated. */
class RequestSizeTest {
    private static final long MEBI = 1 << 20;

    @Test
    void everyValueOfAnObservedResourceCounts() {
        var list = ListValue.newBuilder();
        for (var i = 0; i < 100_000; i++) {
            list.addValues(Value.newBuilder().setStructValue(Struct.getDefaultInstance()));
        }
        var request = RunFunctionRequest.newBuilder();
        request.getObservedBuilder()
                .getCompositeBuilder()
                .getResourceBuilder()
                .putFields("x", Value.newBuilder().setListValue(list).build());
        var bytes = request.build().toByteArray();
        var size = RequestSize.of(bytes);
        assertTrue(size.values() > 200_000 && size.values() < 200_020, size::toString);
        assertTrue(size.weight() > 20 * MEBI, () -> String.valueOf(size.weight()));
        // What cannot be read is counted as far as it can.
        assertTrue(RequestSize.of(Arrays.copyOf(bytes, bytes.length / 2)).values() > 0);
    }

    @Test
    void smallRequestsAreNotCounted() {
        assertEquals(0, RequestSize.of(new byte[1000]).weight());
    }

    /** Under the shipped limit of 384 MiB, of which the heap is 45 percent. */
    @Test
    void twoRequestsOfTheDefaultLimitAreReceivedAtOnceUnderTheShippedMemoryLimit() {
        var bounds = MemoryBounds.of(173 * MEBI, 64 * MEBI, (int) (16 * MEBI));
        assertEquals(16 * MEBI, bounds.largest());
        assertTrue(
                bounds.received() >= 2L * bounds.largest() && bounds.received() * 3 / 2 <= 64 * MEBI, bounds::toString);
        assertTrue(bounds.working() > 4L * bounds.largest(), bounds::toString);
        assertTrue(bounds.received() + bounds.working() < 173 * MEBI, bounds::toString);
    }

    @Test
    void aLimitThatDoesNotFitIntoTheMemoryIsLowered() {
        assertTrue(MemoryBounds.of(173 * MEBI, 64 * MEBI, (int) (1000 * MEBI)).largest() < 64 * MEBI);
    }
}
