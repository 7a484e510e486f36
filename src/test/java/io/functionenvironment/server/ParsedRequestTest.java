package io.functionenvironment.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.functionenvironment.proto.v1.CredentialData;
import io.functionenvironment.proto.v1.Credentials;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParsedRequestTest {
    private static final String SECRET = "hunter2";

    @Test
    void secretsAreSlicesOfTheRequestAndNotCopies() {
        var secret = ByteString.copyFromUtf8(SECRET);
        var request = Requests.request().toBuilder()
                .putCredentials(
                        "cloud",
                        Credentials.newBuilder()
                                .setCredentialData(CredentialData.newBuilder().putData("password", secret))
                                .build());
        request.getObservedBuilder()
                .putResources(
                        "cluster",
                        Resource.newBuilder()
                                .putConnectionDetails("password", secret)
                                .build());
        var bytes = request.build().toByteArray();
        var parsed = ParsedRequest.of(bytes).request().orElseThrow();
        overwrite(bytes, SECRET);
        assertEquals(-1, new String(parsed.toByteArray(), StandardCharsets.ISO_8859_1).indexOf(SECRET));
    }

    /** A stray end of a group must not pass for the end of the request. */
    @Test
    void aRequestEndsWithItsLastByte() {
        var request = Requests.request().toByteArray();
        var longer = Arrays.copyOf(request, request.length + 1);
        longer[request.length] = 0x0c;
        assertEquals(Optional.empty(), ParsedRequest.of(longer).request());
        assertEquals(Optional.of(Requests.packed()), ParsedRequest.of(request).request());
    }

    @Test
    void aStreamOfUnknownLengthIsReadToItsEnd() {
        var stream = new ByteArrayInputStream(Requests.request().toByteArray());
        assertEquals(
                Optional.of(Requests.packed()),
                new ReceivedRequest.Reader().parse(stream).parsed().request());
        assertEquals(RunFunctionRequest.getDefaultInstance().getSerializedSize(), stream.available());
    }

    private static void overwrite(byte[] bytes, String text) {
        var all = new String(bytes, StandardCharsets.ISO_8859_1);
        for (var at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + 1)) {
            Arrays.fill(bytes, at, at + text.length(), (byte) 'x');
        }
    }
}
