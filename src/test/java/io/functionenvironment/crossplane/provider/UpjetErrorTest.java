package io.functionenvironment.crossplane.provider;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clouds report is shown in their words, and the same fault with the same words. The messages are as clouds write them. */
class UpjetErrorTest {
    private static final String CREATE = "async create failed: failed to create the resource: ";

    /** Two reports of one fault, and what is shown of both. */
    record Fault(String name, String one, String other, String shown) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "a quota of Google Cloud",
                        google("0x9b1f3c2a7d5e4f60"),
                        google("0x11d2ab4c99f0ed21"),
                        CREATE
                                + "googleapi: Error 403: Insufficient regional quota to satisfy request: resource \"CPUS\":"
                                + " request requires '12.0' and is short '4.0'. project has a quota of '8.0' with '8.0'"
                                + " available., forbidden"),
                new Fault(
                        "no capacity in a zone of Google Cloud",
                        CREATE
                                + "[{0 Error waiting for creating GKE NodePool: Google Compute Engine: Not all instances running"
                                + " in IGM after 14.691006793s. Expected 1, running 0, transitioning 1. Current errors:"
                                + " [GCE_STOCKOUT]: Instance 'gke-team-a-dev-nodes-34b6625e-k7xw' creation failed: The zone"
                                + " 'projects/acme/zones/europe-west3-c' does not have enough resources available to fulfill the"
                                + " request.  []}]",
                        CREATE
                                + "[{0 Error waiting for creating GKE NodePool: Google Compute Engine: Not all instances running"
                                + " in IGM after 35m4.033429035s. Expected 1, running 1, transitioning 0. Current errors:"
                                + " [GCE_STOCKOUT]: Instance 'gke-team-a-dev-nodes-97da88a9-8gmv' creation failed: The zone"
                                + " 'projects/acme/zones/europe-west3-c' does not have enough resources available to fulfill the"
                                + " request.  []}]",
                        CREATE
                                + "Error waiting for creating GKE NodePool: Google Compute Engine: Not all instances running in"
                                + " IGM after …. Expected 1, running …, transitioning …. Current errors: [GCE_STOCKOUT]:"
                                + " Instance 'gke-team-a-dev-nodes-…' creation failed: The zone"
                                + " 'projects/acme/zones/europe-west3-c' does not have enough resources available to fulfill the"
                                + " request."),
                new Fault(
                        "a zone that EKS has no capacity in",
                        amazon("830e951d-7d99-11e9-a98d-d92990e73a23"),
                        amazon("a03747cf-5348-4112-b69f-81a0028e969c"),
                        CREATE + "creating EKS Cluster (dev): operation error EKS: CreateCluster, https response error"
                                + " StatusCode: 400, UnsupportedAvailabilityZoneException: Cannot create cluster 'dev' because"
                                + " us-east-1e, the targeted availability zone, does not currently have sufficient capacity to"
                                + " support the cluster."),
                new Fault(
                        "rights that are missing in AWS",
                        "connect failed: operation error EC2: CreateVpc, https response error StatusCode: 403, RequestID:"
                                + " c86629f3-fe7d-4c89-b782-f73b6bc410ed, api error UnauthorizedOperation: You are not"
                                + " authorized to perform this operation. Encoded authorization failure message: pU7Jq0x-Ab_9",
                        "connect failed: operation error EC2: CreateVpc, https response error StatusCode: 403, RequestID:"
                                + " caba6c75-2fc9-4863-94de-e9a469dddd17, api error UnauthorizedOperation: You are not"
                                + " authorized to perform this operation. Encoded authorization failure message: zzT1kLm-Qr_0",
                        "connect failed: operation error EC2: CreateVpc, https response error StatusCode: 403, api error"
                                + " UnauthorizedOperation: You are not authorized to perform this operation. Encoded"
                                + " authorization failure message: …"),
                new Fault(
                        "credentials that Azure does not accept",
                        azure("0f7352d5-747e-4d29-9998-8c1bc23e5b00", "2026-04-27 11:23:44Z"),
                        azure("b2f562e5-c5b8-4b11-841a-0a8660bb0f00", "2026-04-28 18:26:24Z"),
                        "observe failed: failed to observe the resource: building account: AADSTS7000215: Invalid client"
                                + " secret provided. {\"error_codes\":[7000215], \"error_uri\":\"https://login.example.test\"}"),
                new Fault(
                        "a quota of Azure",
                        CREATE + "[{0 performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error:"
                                + " ErrCode_InsufficientVCPUQuota: Insufficient vcpu quota requested 8, remaining 4 for family"
                                + " standardDSv2Family for region eastus. Correlation ID: 7b871962-d125-41a1-b9de-7c3635794bad."
                                + "  []}]",
                        CREATE + "[{0 performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error:"
                                + " ErrCode_InsufficientVCPUQuota: Insufficient vcpu quota requested 8, remaining 4 for family"
                                + " standardDSv2Family for region eastus. Correlation ID: 022d785f-9ad3-4d64-9c1d-48f4a47d0318."
                                + "  []}]",
                        CREATE + "performing CreateOrUpdate: unexpected status 400 (400 Bad Request) with error:"
                                + " ErrCode_InsufficientVCPUQuota: Insufficient vcpu quota requested 8, remaining 4 for family"
                                + " standardDSv2Family for region eastus."),
                new Fault(
                        "a cloud that cannot be reached",
                        "observe failed: Get \"https://container.example.test/v1\": read tcp 10.244.0.5:43210->192.0.2.1:443:"
                                + " i/o timeout",
                        "observe failed: Get \"https://container.example.test/v1\": read tcp 10.244.0.5:55001->192.0.2.1:443:"
                                + " i/o timeout",
                        "observe failed: Get \"https://container.example.test/v1\": read tcp 10.244.0.5->192.0.2.1:443: i/o"
                                + " timeout"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsReportedInTheSameWordsEachTime(Fault fault) {
        assertEquals(
                List.of(Optional.of(fault.shown()), Optional.of(fault.shown())),
                List.of(error(synced("False", fault.one())), error(synced("False", fault.other()))));
    }

    @Test
    void aFaultIsReportedWhileTheProviderTriesAgain() {
        var failed = synced("False", "create failed: " + CREATE + "[{0 quota exceeded  []}]");
        var operation = condition("LastAsyncOperation", "False", CREATE + "[{0 quota exceeded  []}]");
        assertEquals(
                List.of(Optional.of(CREATE + "quota exceeded"), Optional.of(CREATE + "quota exceeded")),
                List.of(error(failed, operation), error(synced("True", ""), operation)));
    }

    @Test
    void anErrorThatIsNewerThanTheLastOperationIsReported() {
        assertEquals(
                Optional.of("observe failed: forbidden"),
                error(
                        synced("False", "observe failed: forbidden"),
                        condition("LastAsyncOperation", "False", CREATE + "quota exceeded")));
    }

    @Test
    void nothingIsReportedOfAResourceWithoutErrors() {
        assertEquals(Optional.empty(), error(synced("True", ""), condition("LastAsyncOperation", "True", "")));
    }

    private static String google(String request) {
        return "create failed: " + CREATE
                + "[{0 googleapi: Error 403: Insufficient regional quota to satisfy request: resource \"CPUS\": request requires"
                + " '12.0' and is short '4.0'. project has a quota of '8.0' with '8.0' available.\nDetails:\n[\n  {\n"
                + "    \"@type\": \"type.googleapis.com/google.rpc.RequestInfo\",\n    \"requestId\": \"" + request
                + "\"\n  }\n]\n, forbidden  []}]";
    }

    private static String amazon(String request) {
        return "create failed: " + CREATE
                + "[{0 creating EKS Cluster (dev): operation error EKS: CreateCluster, https response error StatusCode: 400,"
                + " RequestID: " + request
                + ", UnsupportedAvailabilityZoneException: Cannot create cluster 'dev' because"
                + " us-east-1e, the targeted availability zone, does not currently have sufficient capacity to support the"
                + " cluster.  []}]";
    }

    private static String azure(String trace, String time) {
        return "observe failed: failed to observe the resource: building account: AADSTS7000215: Invalid client secret provided."
                + " Trace ID: " + trace + " Correlation ID: " + trace + " Timestamp: " + time
                + " {\"error_codes\":[7000215], \"timestamp\":\"" + time + "\",\"trace_id\":\"" + trace
                + "\",\"correlation_id\":\"" + trace + "\",\"error_uri\":\"https://login.example.test\"}";
    }

    private static Json.Obj synced(String status, String message) {
        return condition("Synced", status, message);
    }

    private static Json.Obj condition(String type, String status, String message) {
        return obj("type", type, "status", status, "reason", "x", "message", message);
    }

    private static Optional<String> error(Json.Obj... conditions) {
        var all = new ArrayList<Json>(List.of(conditions));
        return ProviderError.of(new ObservedResource(
                obj(
                        "apiVersion",
                        "container.gcp.m.upbound.io/v1beta1",
                        "kind",
                        "Cluster",
                        "status",
                        obj("conditions", arr(all.toArray()))),
                Set.of()));
    }
}
