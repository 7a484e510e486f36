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

/** Requests that nobody should send, each by what is the matter with it. All are to be answered all the same. */
final class OddRequests {
    /** Values, by what they are. */
    private static final Map<String, Json> ODD = Map.ofEntries(
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

    private OddRequests() {}

    static Map<String, RunFunctionRequest> empty(RunFunctionRequest good) {
        return Map.of(
                "nothing", RunFunctionRequest.getDefaultInstance(),
                "no observed state", good.toBuilder().clearObserved().build(),
                "an empty composite", composite(good, composite -> composite.clear()));
    }

    /** Each part of the composite is of each wrong type. */
    static Map<String, RunFunctionRequest> types(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        ODD.forEach((is, odd) -> {
            for (var key : List.of("apiVersion", "kind", "metadata", "spec", "status")) {
                requests.put(key + " is " + is, composite(good, body -> body.putFields(key, value(odd))));
            }
            for (var key : List.of("name", "namespace", "uid", "labels", "annotations", "creationTimestamp")) {
                requests.put("metadata." + key + " is " + is, within(good, "metadata", key, odd));
            }
            for (var key : RecordedControlPlane.object(
                            good.getObserved().getComposite().getResource(), "spec")
                    .getFieldsMap()
                    .keySet()) {
                requests.put("spec." + key + " is " + is, within(good, "spec", key, odd));
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
                        "metadata." + key + " like " + shown(text), within(good, "metadata", key, new Json.Text(text)));
            }
            requests.put(
                    "apiVersion like " + shown(text),
                    composite(good, body -> body.putFields("apiVersion", Samples.text(text))));
            requests.put("an observed resource named like " + shown(text), observed(good, text));
        }
        return requests;
    }

    /** The input, the context and what was required are not what they should be. */
    static Map<String, RunFunctionRequest> surroundings(RunFunctionRequest good) {
        var requests = new LinkedHashMap<String, RunFunctionRequest>();
        ODD.forEach((is, odd) -> {
            var struct = Struct.newBuilder()
                    .putFields("spec", value(odd))
                    .putFields("data", value(odd))
                    .putFields("metadata", value(odd))
                    .build();
            requests.put(
                    "an input with " + is, good.toBuilder().setInput(struct).build());
            var environment = Struct.newBuilder().putFields("apiextensions.crossplane.io/environment", value(odd));
            requests.put(
                    "a context with " + is,
                    good.toBuilder().setContext(environment).build());
            requests.put("required resources with " + is, required(good, struct));
        });
        var other = obj("apiVersion", "pt.fn.crossplane.io/v1beta1", "kind", "Resources", "resources", arr());
        requests.put(
                "an input of another kind",
                good.toBuilder().setInput(Samples.struct(other)).build());
        return requests;
    }

    /** All that was required is found to be something odd, and so is more that never was. */
    private static RunFunctionRequest required(RunFunctionRequest good, Struct odd) {
        var found = Resources.newBuilder()
                .addItems(Resource.newBuilder().setResource(odd))
                .addItems(Resource.getDefaultInstance())
                .build();
        var request = good.toBuilder()
                .putRequiredResources("", found)
                .putRequiredSchemas("", Schema.newBuilder().setOpenapiV3(odd).build());
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

    private static RunFunctionRequest within(RunFunctionRequest good, String parent, String key, Json odd) {
        return composite(
                good,
                body -> body.putFields(
                        parent,
                        Value.newBuilder()
                                .setStructValue(RecordedControlPlane.object(body.build(), parent).toBuilder()
                                        .putFields(key, value(odd)))
                                .build()));
    }

    private static Value value(Json tree) {
        return Samples.struct(obj("value", tree)).getFieldsOrThrow("value");
    }

    private static String shown(String text) {
        return text.length() > 50 ? "1 MiB of text" : '"' + text.replaceAll("\\P{Print}", "?") + '"';
    }
}
