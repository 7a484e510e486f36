package io.functionenvironment;

import static io.functionenvironment.ObservedStateFake.condition;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The observed states of the examples with clusters at cloud providers, each by calls that lead to it.
 *
 * @param cloud the name of the kind, and of the folder of its example
 * @param atProvider what the provider reports of a cluster that works
 * @param fault what it reports of one that cannot be created
 */
record CloudExamples(String cloud, Json.Obj atProvider, String fault) {
    static final List<CloudExamples> ALL = List.of(
            new CloudExamples(
                    "gke",
                    obj(
                            "endpoint",
                            "203.0.113.10",
                            "masterVersion",
                            "1.35.2-gke.1269000",
                            "project",
                            "acme-environments"),
                    "async create failed: failed to create the resource: [{0 googleapi: Error 403: Insufficient regional quota to"
                            + " satisfy request: resource \"CPUS\": request requires '8.0' and is short '4.0'. project has a quota of"
                            + " '8.0' with '4.0' available. View and manage quotas at"
                            + " https://console.cloud.google.com/iam-admin/quotas?usage=USED&project=acme-environments.\nDetails:\n[\n"
                            + "  {\n    \"@type\": \"type.googleapis.com/google.rpc.RequestInfo\",\n"
                            + "    \"requestId\": \"0x9b1f3c2a7d5e4f60\"\n  }\n]\n, forbidden  []}]"),
            new CloudExamples(
                    "aks",
                    obj(
                            "fqdn",
                            "team-a-dev-1a2b3c4d.hcp.westeurope.azmk8s.example",
                            "currentKubernetesVersion",
                            "1.35.1"),
                    "async create failed: failed to create the resource: [{0 performing CreateOrUpdate: unexpected status 400"
                            + " (400 Bad Request) with error: ErrCode_InsufficientVCPUQuota: Insufficient vcpu quota requested 8,"
                            + " remaining 4 for family standardDSv5Family for region westeurope. Correlation ID:"
                            + " 7b871962-d125-41a1-b9de-7c3635794bad.  []}]"),
            new CloudExamples(
                    "eks",
                    obj("endpoint", "https://0A1B2C3D.gr7.eu-central-1.eks.example", "version", "1.35"),
                    "async create failed: failed to create the resource: [{0 creating EKS Cluster: operation error EKS:"
                            + " CreateCluster, https response error StatusCode: 400, RequestID:"
                            + " 830e951d-7d99-11e9-a98d-d92990e73a23, ResourceLimitExceededException: You have reached the"
                            + " maximum number of clusters.  []}]"));

    /** How many calls it takes until everything is ready. */
    private static final int CALLS = 20;

    private static Json environment(Path folder) throws IOException {
        return Requests.documents(folder.resolve("environment.yaml")).getFirst();
    }

    /** The states, by the name of their folder. */
    Map<String, ObservedStateFake> states(Path examples) throws IOException {
        var folders = examples.resolve("states");
        var settings = (Json.Obj) Requests.documents(examples.resolve(cloud).resolve("settings.yaml"))
                .getFirst();
        var environment = environment(folders.resolve(cloud + "-ready"));
        var states = new LinkedHashMap<String, ObservedStateFake>();
        states.put(cloud + "-creating", untilTheCluster(environment, settings).status("cluster", creating()));
        states.put(cloud + "-quota", untilTheCluster(environment, settings).status("cluster", failing()));
        states.put(
                cloud + "-kubeconfig-there",
                untilTheCluster(environment, settings).status("cluster", working()));
        states.put(cloud + "-ready", ready(environment, settings));
        var all = folders.resolve(cloud + "-all-fields");
        var everyField =
                (Json.Obj) Requests.documents(all.resolve("settings.yaml")).getFirst();
        states.put(cloud + "-all-fields", ready(environment(all), everyField));
        for (var name : List.of("app-removed", "size-misspelt", "moved", "scaled")) {
            states.put(
                    cloud + "-" + name,
                    ready(environment, settings).change(environment(folders.resolve(cloud + "-" + name))));
        }
        states.put(
                cloud + "-deletion-refused",
                ready(environment, settings)
                        .change(environment(folders.resolve(cloud + "-deletion-refused")))
                        .steps(1)
                        .refuseDeletion());
        return states;
    }

    private ObservedStateFake ready(Json environment, Json.Obj settings) {
        return new ObservedStateFake(environment, settings)
                .steps(CALLS)
                .status("cluster", working())
                .steps(1);
    }

    /** The cluster exists for a moment. */
    private static ObservedStateFake untilTheCluster(Json environment, Json.Obj settings) {
        var state = new ObservedStateFake(environment, settings);
        while (!state.names().contains("cluster")) {
            state.step();
        }
        return state;
    }

    private Json.Obj working() {
        return obj(
                "atProvider",
                atProvider,
                "conditions",
                arr(condition("Synced", "True", "ReconcileSuccess"), condition("Ready", "True", "Available")));
    }

    private static Json.Obj creating() {
        return obj(
                "conditions",
                arr(condition("Synced", "True", "ReconcileSuccess"), condition("Ready", "False", "Creating")));
    }

    /** While the provider tries again, Synced is True. */
    private Json.Obj failing() {
        return obj(
                "conditions",
                arr(
                        Merge.over(
                                condition("LastAsyncOperation", "False", "AsyncCreateFailure"), obj("message", fault)),
                        condition("Synced", "True", "ReconcileSuccess"),
                        condition("Ready", "False", "Creating")));
    }
}
