package io.functionenvironment.conformance;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests that Crossplane never sends, each with a description. */
final class MalformedRequests {
    /** Values of every type, by description. */
    private static final Map<String, Json> VALUES = Map.ofEntries(
            Map.entry("null", new Json.Null()),
            Map.entry("true", new Json.Bool(true)),
            Map.entry("NaN", new Json.Num(Double.NaN)),
            Map.entry("Infinity", new Json.Num(Double.POSITIVE_INFINITY)),
            Map.entry("-Infinity", new Json.Num(Double.NEGATIVE_INFINITY)),
            Map.entry("a number", new Json.Num(-1e300)),
            Map.entry("an empty text", new Json.Text("")),
            Map.entry("a text", new Json.Text("text")),
            Map.entry("an empty object", obj()),
            Map.entry("an object", obj("", obj("", ""))),
            Map.entry("an empty list", arr()),
            Map.entry("a list", arr(new Json.Null(), 7, "text", arr(), obj())));

    private static final List<String> TEXTS = List.of(
            "x".repeat(1024 * 1024),
            "\u0000\u0001\u001b[2J\r\n\t\u007f",
            "名前-🙂-\u202e\u200b\ufeff",
            "../../etc/passwd",
            "${jndi:ldap://localhost:1/a} {{ . }} %s%n$(id)",
            "-",
            "a/b.c_D");

    private MalformedRequests() {}

    static Map<String, RunFunctionRequest> empty(RunFunctionRequest good) {
        return Map.of(
                "nothing", RunFunctionRequest.getDefaultInstance(),
                "no observed state", good.toBuilder().clearObserved().build(),
                "an empty composite", composite(good, composite -> composite.clear()));
    }

    /** Each field of the composite has each type. */
    static Map<String, RunFunctionRequest> types(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        VALUES.forEach((is, unexpected) -> {
            for (var key : List.of("apiVersion", "kind", "metadata", "spec", "status")) {
                requests.put(key + " is " + is, composite(good, body -> body.putFields(key, value(unexpected))));
            }
            for (var key : List.of("name", "namespace", "uid", "labels", "annotations", "creationTimestamp")) {
                requests.put("metadata." + key + " is " + is, within(good, "metadata", key, unexpected));
            }
            for (var key : ImmediateControlPlane.object(
                            good.getObserved().getComposite().getResource(), "spec")
                    .getFieldsMap()
                    .keySet()) {
                requests.put("spec." + key + " is " + is, within(good, "spec", key, unexpected));
            }
        });
        requests.put(
                "a value without kind", composite(good, body -> body.putFields("spec", Value.getDefaultInstance())));
        return requests;
    }

    static Map<String, RunFunctionRequest> texts(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        for (var text : TEXTS) {
            for (var key : List.of("name", "namespace", "uid")) {
                requests.put(
                        "metadata." + key + " like " + describe(text),
                        within(good, "metadata", key, new Json.Text(text)));
            }
            requests.put(
                    "apiVersion like " + describe(text),
                    composite(good, body -> body.putFields("apiVersion", SampleRequests.text(text))));
            requests.put("an observed resource named like " + describe(text), observed(good, text));
        }
        return requests;
    }

    /** The input, the context and the required resources have unexpected values. */
    static Map<String, RunFunctionRequest> unexpectedInputs(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        VALUES.forEach((is, unexpected) -> {
            var struct = Struct.newBuilder()
                    .putFields("spec", value(unexpected))
                    .putFields("data", value(unexpected))
                    .putFields("metadata", value(unexpected))
                    .build();
            requests.put(
                    "an input with " + is, good.toBuilder().setInput(struct).build());
            var environment =
                    Struct.newBuilder().putFields("apiextensions.crossplane.io/environment", value(unexpected));
            requests.put(
                    "a context with " + is,
                    good.toBuilder().setContext(environment).build());
            requests.put("required resources with " + is, required(good, struct));
        });
        var other = obj("apiVersion", "pt.fn.crossplane.io/v1beta1", "kind", "Resources", "resources", arr());
        requests.put(
                "an input of another kind",
                good.toBuilder().setInput(SampleRequests.struct(other)).build());
        return requests;
    }

    /** The required resources are unexpected, and there are more of them than required. */
    private static RunFunctionRequest required(RunFunctionRequest good, Struct unexpected) {
        var found = Resources.newBuilder()
                .addItems(Resource.newBuilder().setResource(unexpected))
                .addItems(Resource.getDefaultInstance())
                .build();
        var request = good.toBuilder()
                .putRequiredResources("", found)
                .putRequiredSchemas(
                        "", Schema.newBuilder().setOpenapiV3(unexpected).build());
        good.getRequiredResourcesMap().keySet().forEach(name -> request.putRequiredResources(name, found));
        return request.build();
    }

    static Map<String, RunFunctionRequest> later(RunFunctionRequest good) {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(1000, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                .addField(
                        536870911,
                        UnknownFieldSet.Field.newBuilder().addFixed32(7).build())
                .build();
        var request = good.toBuilder().setUnknownFields(unknown);
        request.getMetaBuilder().addCapabilitiesValue(999).setUnknownFields(unknown);
        request.getObservedBuilder()
                .setUnknownFields(unknown)
                .getCompositeBuilder()
                .setReadyValue(-5)
                .setUnknownFields(unknown);
        return Map.of("unknown fields and enum values", request.build());
    }

    private static RunFunctionRequest observed(RunFunctionRequest good, String name) {
        var request = good.toBuilder();
        request.getObservedBuilder().putResources(name, Resource.getDefaultInstance());
        return request.build();
    }

    private static RunFunctionRequest composite(RunFunctionRequest good, Consumer<Struct.Builder> change) {
        var request = good.toBuilder();
        change.accept(request.getObservedBuilder().getCompositeBuilder().getResourceBuilder());
        return request.build();
    }

    private static RunFunctionRequest within(RunFunctionRequest good, String parent, String key, Json unexpected) {
        return composite(
                good,
                body -> body.putFields(
                        parent,
                        Value.newBuilder()
                                .setStructValue(ImmediateControlPlane.object(body.build(), parent).toBuilder()
                                        .putFields(key, value(unexpected)))
                                .build()));
    }

    private static Value value(Json tree) {
        return SampleRequests.struct(obj("value", tree)).getFieldsOrThrow("value");
    }

    private static String describe(String text) {
        return text.length() > 50 ? "1 MiB of text" : '"' + text.replaceAll("\\P{Print}", "?") + '"';
    }
}
