package io.functionenvironment.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.functionenvironment.main.WarmUpRequests;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warm-up requests in the build are those of the simulator. */
class WarmUpWriterTest {
    @Test
    void theServerReadsTheRequestsOfTheSimulator() throws InvalidProtocolBufferException {
        var read = new ArrayList<RunFunctionRequest>();
        for (var bytes : WarmUpRequests.read()) {
            read.add(RunFunctionRequest.parseFrom(bytes));
        }
        assertEquals(WarmUpWriter.requests(), read);
    }

    @Test
    void theRequestsCoverACreationAndARemoval() {
        var observed = WarmUpWriter.requests().stream()
                .map(request -> request.getObserved().getResourcesMap().keySet())
                .toList();
        assertTrue(observed.getFirst().isEmpty(), "" + observed.getFirst());
        assertTrue(observed.stream().anyMatch(names -> names.contains("app-second")), "" + observed);
        assertTrue(!observed.getLast().contains("app-second"), "" + observed.getLast());
        assertTrue(observed.getLast().contains("app-podinfo"), "" + observed.getLast());
    }

    @Test
    void theFileIsTheSameEachTime(@TempDir Path folder) throws IOException {
        WarmUpWriter.main(new String[] {folder.toString()});
        try (var built = WarmUpWriter.class.getClassLoader().getResourceAsStream(WarmUpRequests.RESOURCE)) {
            assertArrayEquals(
                    built == null ? new byte[0] : built.readAllBytes(),
                    Files.readAllBytes(folder.resolve(WarmUpRequests.RESOURCE)));
        }
    }
}
