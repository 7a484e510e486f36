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
import io.functionenvironment.simulation.JsonEdit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which version of Kubernetes is requested of a cloud. The sizes of the examples have 1.35, and so have their clusters. */
class CloudVersionTest {
    static Stream<Cloud> clouds() {
        return Stream.of(new Gke(), new Aks(), new Eks());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aVersionIsUpgradedByOneMinorVersionAndNeverDowngradedButAtGoogleAnEarlierMinimumIsAccepted(Cloud cloud) {
        var outcomes = new TreeMap<String, String>();
        for (var version : List.of("1.34", "1.35", "1.36", "1.37")) {
            outcomes.put(version, outcome(cloud, running(cloud).change(versioned(version))));
        }
        assertEquals(
                (cloud.versionIsMinimum()
                                ? "{1.34=TRUE Accepted, requests 1.34, "
                                : "{1.34=FALSE Invalid, requests 1.35, ")
                        + "1.35=TRUE Accepted, requests 1.35,"
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

    @ParameterizedTest
    @MethodSource("clouds")
    void anUpgradeThatTheCloudForcesIsNeverTakenBackAndIsReportedExceptAtGoogleWhereAVersionIsAMinimum(Cloud cloud) {
        var forced = reporting(cloud, "1.36", running(cloud));
        var once = outcome(cloud, forced);
        var again = outcome(cloud, reporting(cloud, "1.36", forced.steps(1)));
        var corrected = outcome(cloud, forced.change(versioned("1.36")));
        assertEquals(
                cloud.type().equals("gke")
                        ? List.of(
                                "TRUE Accepted, requests 1.35",
                                "TRUE Accepted, requests 1.35",
                                "TRUE Accepted, requests 1.36")
                        : List.of(
                                "FALSE Invalid, requests 1.36",
                                "FALSE Invalid, requests 1.36",
                                "TRUE Accepted, requests 1.36"),
                List.of(once, again, corrected));
    }

    @Test
    void aSizeWhoseMinimumRisesBelowWhatTheReleaseChannelBroughtIsAccepted() {
        var path = new String[] {"data", "sizes", "cloud", "gke", "kubernetesVersion"};
        var before = JsonEdit.set(settings("gke"), new Json.Text("1.33"), path);
        var after = JsonEdit.set(settings("gke"), new Json.Text("1.34"), path);
        var state = new ObservedStateFake(request("cloud"), before).steps(20);
        assertEquals(
                "TRUE Accepted, requests 1.34",
                outcome(new Gke(), reporting(new Gke(), "1.35", state).settings(after)));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aVersionThatOnlyTheProviderFilledInIsNotRequestedUnlessALaterOneRuns(Cloud cloud) {
        var outcomes = Stream.of("1.35", "1.36")
                .map(version -> reporting(cloud, version, running(cloud))
                        .settings(withoutVersion(cloud))
                        .edit("cluster", obj("spec", obj("forProvider", obj(cloud.versionField(), "1.35")))))
                .map(state -> outcome(cloud, state))
                .toList();
        assertEquals(
                List.of(
                        "TRUE Accepted, requests none",
                        "TRUE Accepted, requests " + (cloud.type().equals("gke") ? "none" : "1.36")),
                outcomes);
    }

    private static Json.Obj withoutVersion(Cloud cloud) {
        var path = new String[] {"data", "sizes", "cloud", cloud.type()};
        var size = new TreeMap<>(settings(cloud.type()).object(path).fields());
        size.remove("kubernetesVersion");
        return JsonEdit.set(settings(cloud.type()), new Json.Obj(size), path);
    }

    private static ObservedStateFake reporting(Cloud cloud, String version, ObservedStateFake state) {
        var reported = Map.of("gke", "masterVersion", "aks", "currentKubernetesVersion", "eks", "version");
        var key = Objects.requireNonNull(reported.get(cloud.type()));
        return state.edit("cluster", obj("status", obj("atProvider", obj(key, version + ".1"))));
    }

    private static ObservedStateFake running(Cloud cloud) {
        var example = CloudExamples.ALL.stream()
                .filter(some -> some.cloud().equals(cloud.type()))
                .findFirst()
                .orElseThrow();
        return CloudClusterTest.ready(cloud.type())
                .edit("cluster", obj("status", obj("atProvider", example.atProvider())));
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
