package io.functionenvironment.preview;

import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.Evaluation;
import io.functionenvironment.Registry;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionRequestWriter;
import io.functionenvironment.crossplane.wire.FunctionResponseReader;
import io.functionenvironment.simulation.Pipeline;
import io.functionenvironment.simulation.PipelineRequest;
import io.functionenvironment.simulation.PipelineResponse;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Optional;

/** The function as a simulated control plane calls it: through the same messages as a real one. */
public final class InProcessFunction implements Pipeline {

    private final EnvironmentFunction function;
    private final IdentityHashMap<PipelineRequest, Evaluation> evaluations = new IdentityHashMap<>();

    public InProcessFunction() {
        this(Registry.SHIPPED);
    }

    public InProcessFunction(Registry registry) {
        this.function = new EnvironmentFunction(registry);
    }

    /** What a call comes to. */
    public Evaluation evaluate(PipelineRequest call, Instant now) {
        return function.evaluate(request(call), now);
    }

    @Override
    public PipelineResponse run(PipelineRequest call, Instant now) {
        var request = request(call);
        var evaluation = function.evaluate(request, now);
        evaluations.put(call, evaluation);
        return answer(new FunctionResponseReader(
                EnvironmentFunction.respond(request, evaluation).message()));
    }

    /** What a call came to: more than the response, which only has what may exist already. It is handed out once. */
    public Optional<Evaluation> evaluation(PipelineRequest call) {
        return Optional.ofNullable(evaluations.remove(call));
    }

    /** The request that a call stands for. */
    public static FunctionRequest request(PipelineRequest call) {
        var writer = new FunctionRequestWriter(call.composite());
        call.observed().forEach((name, seen) -> writer.observed(name, seen.body(), seen.connectionDetails()));
        call.input().ifPresent(writer::input);
        call.required().forEach(writer::required);
        return writer.request();
    }

    private static PipelineResponse answer(FunctionResponseReader reply) {
        return new PipelineResponse(
                reply.desired(PipelineResponse.DesiredResource::new),
                reply.status(),
                reply.ready(),
                reply.conditions().stream()
                        .map(said -> new PipelineResponse.Condition(
                                said.type(), said.status(), said.reason(), said.message()))
                        .toList(),
                reply.events().stream()
                        .map(said -> new PipelineResponse.Result(said.type(), said.reason(), said.message()))
                        .toList(),
                reply.ttl(),
                reply.requirements(selector -> new PipelineResponse.ResourceSelector(
                        selector.apiVersion(),
                        selector.kind(),
                        selector.name(),
                        selector.labels(),
                        selector.namespace())),
                reply.fatal());
    }
}
