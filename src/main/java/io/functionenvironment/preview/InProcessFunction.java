package io.functionenvironment.preview;

import io.functionenvironment.EnvironmentFunction;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionRequestWriter;
import io.functionenvironment.crossplane.wire.FunctionResponseReader;
import io.functionenvironment.simulation.Pipeline;
import io.functionenvironment.simulation.PipelineRequest;
import io.functionenvironment.simulation.PipelineResponse;
import java.time.Instant;

/** Our function as a simulated control plane calls it: through the same messages as in a real one. */
public final class InProcessFunction implements Pipeline {

    @Override
    public PipelineResponse run(PipelineRequest request, Instant now) {
        return answer(new FunctionResponseReader(
                EnvironmentFunction.run(request(request), now).message()));
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
