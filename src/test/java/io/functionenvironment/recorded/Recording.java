package io.functionenvironment.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** One call: the time and the request, on which the response depends, and the response. */
record Recording(Instant at, RunFunctionRequest request, RunFunctionResponse response) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Compressed into one line of a log. */
    String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeUTF(at.toString());
            request.writeDelimitedTo(out);
            response.writeDelimitedTo(out);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static Recording ofLine(String line) throws IOException {
        var bytes = Base64.getDecoder().decode(line);
        try (var in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(bytes)))) {
            return new Recording(
                    Instant.parse(in.readUTF()),
                    RunFunctionRequest.parseDelimitedFrom(in),
                    RunFunctionResponse.parseDelimitedFrom(in));
        }
    }

    /** As YAML, to be read and compared. */
    String yaml() throws IOException {
        var all = JSON.createObjectNode();
        all.put("at", at.toString());
        all.set("request", JSON.readTree(json(request)));
        all.set("response", JSON.readTree(json(response)));
        return Yaml.text(Yaml.documents(JSON.writeValueAsString(all)).getFirst());
    }

    static Recording ofYaml(String yaml) throws IOException {
        var all = YAML.readTree(yaml);
        var request = RunFunctionRequest.newBuilder();
        merge(all.get("request"), request);
        var response = RunFunctionResponse.newBuilder();
        merge(all.get("response"), response);
        return new Recording(Instant.parse(all.get("at").asText()), request.build(), response.build());
    }

    private static String json(Message message) throws InvalidProtocolBufferException {
        return JsonFormat.printer().print(message);
    }

    private static void merge(JsonNode node, Message.Builder into) throws IOException {
        JsonFormat.parser().merge(JSON.writeValueAsString(node), into);
    }
}
