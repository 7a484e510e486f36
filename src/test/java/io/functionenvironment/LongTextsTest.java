package io.functionenvironment;

import static io.functionenvironment.Requests.FUNCTION;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts, in what teams write and in what others report, take the function no time that matters. */
class LongTextsTest {
    private static final int MEGABYTE = 1_000_000;
    private static final int SHORTER = 50_000;

    /** What says what a document is, so that the rest of it is read. */
    private static final Set<String> KEPT = Set.of("apiVersion", "kind", "type", "status", "name", "phase", "state");

    @Test
    void aMessageOfAMegabyteInAnApplicationIsShownShortened() throws IOException {
        var request = Requests.of(Path.of("examples/states/argocd-broken-commit"));
        var digits = new Json.Text("1".repeat(MEGABYTE));
        var response = run("digits", observed(request, body -> replaced(body, "message"::equals, digits)));
        var argocd = response.getConditionsList().stream()
                .filter(condition -> condition.getType().equals("GitOpsReady"))
                .findFirst()
                .orElseThrow();
        assertEquals("Application environment cannot be synchronized: " + "1".repeat(511) + "….", argocd.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"argocd-broken-commit", "eks-quota", "knative-reports-a-failure"})
    void messagesOfAMegabyteTakeNoTimeThatMatters(String state) throws IOException {
        var request = Requests.of(Path.of("examples/states/" + state));
        LongTexts.plain(MEGABYTE).forEach(text -> {
            var message = new Json.Text(text);
            var response = run(
                    state + " with " + LongTexts.title(text),
                    observed(request, body -> replaced(body, "message"::equals, message)));
            assertTrue(response.getConditionsCount() > 0);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"eks.aws.upbound.io/v1beta1 Cluster", "helm.m.crossplane.io/v1beta1 Release"})
    void errorsOfProvidersAreShortened(String type) {
        LongTexts.plain(MEGABYTE).forEach(text -> {
            var body = obj(
                    "apiVersion",
                    type.split(" ", 2)[0],
                    "kind",
                    type.split(" ", 2)[1],
                    "status",
                    obj("conditions", arr(obj("type", "Synced", "status", "False", "message", text))));
            var error = LongTexts.bounded(
                    type + " with " + LongTexts.title(text),
                    () -> ProviderError.of(new ObservedResource(body, Set.of())).orElse(""));
            assertTrue(error.length() <= 600, error);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"argocd-broken-commit", "eks-quota", "everything-ready", "knative-misused"})
    void everyTextOfAnEnvironmentAndOfWhatIsObservedMayBeLong(String state) throws IOException {
        var request = Requests.of(Path.of("examples/states/" + state));
        LongTexts.plain(SHORTER).forEach(text -> {
            var value = new Json.Text(text);
            var response = run(
                    state + " with " + LongTexts.title(text),
                    composite(
                            observed(request, body -> below(body, value, "status")),
                            body -> below(body, value, "spec")));
            assertTrue(response.getConditionsCount() > 0);
        });
    }

    private static RunFunctionResponse run(String title, RunFunctionRequest request) {
        return LongTexts.bounded(
                title,
                () -> FUNCTION.run(new FunctionRequest(request), ObservedStateFake.NOW)
                        .message());
    }

    private static RunFunctionRequest observed(RunFunctionRequest request, UnaryOperator<Json.Obj> change) {
        var changed = request.toBuilder();
        request.getObserved()
                .getResourcesMap()
                .forEach((name, resource) -> changed.getObservedBuilder().putResources(name, with(resource, change)));
        return changed.build();
    }

    private static RunFunctionRequest composite(RunFunctionRequest request, UnaryOperator<Json.Obj> change) {
        var changed = request.toBuilder();
        changed.getObservedBuilder().setComposite(with(request.getObserved().getComposite(), change));
        return changed.build();
    }

    private static Resource with(Resource resource, UnaryOperator<Json.Obj> change) {
        return resource.toBuilder()
                .setResource(StructCodec.struct(change.apply(StructCodec.tree(resource.getResource()))))
                .build();
    }

    private static Json.Obj below(Json.Obj body, Json value, String key) {
        var fields = new LinkedHashMap<>(body.fields());
        fields.computeIfPresent(key, (same, old) -> replaced(old, name -> !KEPT.contains(name), value));
        return new Json.Obj(fields);
    }

    private static Json.Obj replaced(Json.Obj body, Predicate<String> key, Json value) {
        var fields = new LinkedHashMap<String, Json>();
        body.fields()
                .forEach((name, old) -> fields.put(
                        name, old instanceof Json.Text && key.test(name) ? value : replaced(old, key, value)));
        return new Json.Obj(fields);
    }

    private static Json replaced(Json json, Predicate<String> key, Json value) {
        return switch (json) {
            case Json.Obj object -> replaced(object, key, value);
            case Json.Arr(var items) ->
                new Json.Arr(items.stream()
                        .map(item -> item instanceof Json.Text && key.test("") ? value : replaced(item, key, value))
                        .toList());
            default -> json;
        };
    }
}
