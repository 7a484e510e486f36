package io.functionenvironment.conformance;

import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls from a request on until nothing changes, if all goes well.
 *
 * @param rested whether that was reached
 */
record Scenario(List<Moment> moments, boolean rested) {
    private static final int MOST_CALLS = 24;

    /** A request and its answer. */
    record Moment(RunFunctionRequest request, RunFunctionResponse answer) {
        /** What the function itself desires: neither there before, nor merely passed on. */
        Map<String, Resource> own() {
            var own = new TreeMap<>(answer.getDesired().getResourcesMap());
            own.keySet().removeAll(request.getDesired().getResourcesMap().keySet());
            return own;
        }
    }

    static Scenario of(Caller caller, RunFunctionRequest sample) {
        var known = caller.courses().get(sample);
        if (known == null) {
            known = run(caller, sample);
            caller.courses().put(sample, known);
        }
        return known;
    }

    private static Scenario run(Caller caller, RunFunctionRequest sample) {
        var moments = new ArrayList<Moment>();
        var request = sample;
        while (moments.size() < MOST_CALLS) {
            var moment = new Moment(request, caller.call(request));
            moments.add(moment);
            var next = RecordedControlPlane.done(request, moment.answer());
            if (next.equals(request)) {
                return new Scenario(moments, true);
            }
            request = next;
        }
        return new Scenario(moments, false);
    }

    static List<Scenario> all(Caller caller) {
        return caller.samples().stream().map(sample -> of(caller, sample)).toList();
    }

    static List<Moment> moments(Caller caller) {
        return all(caller).stream().flatMap(course -> course.moments.stream()).toList();
    }
}
