package io.functionenvironment;

import static io.functionenvironment.CloudClusterTest.request;
import static io.functionenvironment.CloudClusterTest.settings;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.cluster.aks.Aks;
import io.functionenvironment.cluster.cloud.Cloud;
import io.functionenvironment.cluster.eks.Eks;
import io.functionenvironment.cluster.gke.Gke;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which version of Kubernetes is requested of a cloud. The sizes of the examples have 1.35, and so have their clusters. */
class CloudVersionTest {
    static Stream<Cloud> clouds() {
        return Stream.of(new Gke(), new Aks(), new Eks());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aVersionIsUpgradedByOneMinorVersionAndNeverDowngraded(Cloud cloud) {
        var outcomes = new TreeMap<String, String>();
        for (var version : List.of("1.34", "1.35", "1.36", "1.37")) {
            outcomes.put(version, outcome(cloud, running(cloud).change(versioned(version))));
        }
        assertEquals(
                "{1.34=FALSE Invalid, requests 1.35, 1.35=TRUE Accepted, requests 1.35,"
                        + " 1.36=TRUE Accepted, requests 1.36, 1.37=FALSE Invalid, requests 1.35}",
                outcomes.toString());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aVersionThatTheCloudDoesNotOfferIsCorrectedToAnyOtherWhileThereIsNoCluster(Cloud cloud) {
        var outcomes = new TreeMap<String, String>();
        for (var version : List.of("1.33", "1.35", "1.39")) {
            var state = new ObservedStateFake(versioned("1.36"), settings(cloud.type())).steps(20);
            outcomes.put(version, outcome(cloud, state.status("cluster", obj()).change(versioned(version))));
        }
        assertEquals(
                "{1.33=TRUE Accepted, requests 1.33, 1.35=TRUE Accepted, requests 1.35,"
                        + " 1.39=TRUE Accepted, requests 1.39}",
                outcomes.toString());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aVersionThatSomebodyWroteIntoTheClusterAndThatIsNoneIsReplaced(Cloud cloud) {
        var edit = obj("spec", obj("forProvider", obj(cloud.versionField(), "latest")));
        assertEquals(
                List.of("TRUE Accepted, requests 1.35", "TRUE Accepted, requests 1.35"),
                List.of(
                        outcome(cloud, running(cloud).edit("cluster", edit)),
                        outcome(cloud, running(cloud).status("cluster", obj()).edit("cluster", edit))));
    }

    private static ObservedStateFake running(Cloud cloud) {
        var example = CloudExamples.ALL.stream()
                .filter(some -> some.cloud().equals(cloud.type()))
                .findFirst()
                .orElseThrow();
        return CloudClusterTest.ready(cloud.type()).edit("cluster", obj("status", obj("atProvider", example.atProvider())));
    }

    private static Json.Obj versioned(String version) {
        return Merge.over((Json.Obj) request("cloud"), obj("spec", obj("kubernetesVersion", version)));
    }

    private static String outcome(Cloud cloud, ObservedStateFake state) {
        var response = state.call();
        return reason(response, "Accepted") + ", requests " + requested(cloud, response);
    }

    private static String requested(Cloud cloud, RunFunctionResponse response) {
        return body(response, "cluster")
                .text("spec", "forProvider", cloud.versionField())
                .orElse("none");
    }
}
