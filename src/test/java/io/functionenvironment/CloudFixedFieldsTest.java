package io.functionenvironment;

import static io.functionenvironment.CloudClusterTest.ready;
import static io.functionenvironment.CloudClusterTest.settings;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.crossplane.wire.StructCodec;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.simulation.JsonEdit;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What counts as a change of what cannot change in a cluster at a cloud provider. */
class CloudFixedFieldsTest {
    private static final String ACCEPTED = "TRUE Accepted: The Environment is valid.";
    private static final String SUBNETS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/net"
            + "/providers/Microsoft.Network/virtualNetworks/net/subnets/";

    @Test
    void subnetsInAnotherOrderAreTheSame() {
        var first = new Json.Text("subnet-0123456789abcdef0");
        var second = new Json.Text("subnet-0123456789abcdef1");
        var third = new Json.Text("subnet-0123456789abcdef2");
        assertEquals(
                List.of(
                        ACCEPTED,
                        refused(
                                "with subnetIds \"subnet-0123456789abcdef0\", \"subnet-0123456789abcdef2\"",
                                "has \"subnet-0123456789abcdef0\", \"subnet-0123456789abcdef1\"",
                                "with subnetIds \"subnet-0123456789abcdef0\", \"subnet-0123456789abcdef1\"")),
                Stream.of(arr(second, first), arr(first, third))
                        .map(subnets -> ready("eks").settings(with("eks", obj("subnetIds", subnets))))
                        .map(CloudFixedFieldsTest::accepted)
                        .toList());
    }

    @Test
    void aNetworkOfGoogleCloudIsTheSameByItsNameAndByItsPath() {
        var path = "projects/acme-environments/global/networks/";
        var present = obj("spec", obj("forProvider", obj("network", path + "default")));
        var networks =
                List.of("default", path + "default", "https://www.googleapis.com/compute/v1/" + path + "default");
        assertEquals(
                List.of(
                        ACCEPTED,
                        ACCEPTED,
                        ACCEPTED,
                        refused(
                                "with network \"fault\"",
                                "has \"" + path + "default\"",
                                "with network \"" + path + "default\"")),
                Stream.concat(networks.stream(), Stream.of("fault"))
                        .map(network ->
                                ready("gke").edit("cluster", present).settings(with("gke", obj("network", network))))
                        .map(CloudFixedFieldsTest::accepted)
                        .toList());
    }

    @Test
    void aNetworkOfGoogleCloudCanNeitherBeAddedNorRemovedUnlessItIsTheDefaultOne() {
        var none = settings("gke");
        var own = with("gke", obj("network", "environments"));
        var standard = with("gke", obj("network", "default"));
        assertEquals(
                List.of(
                        ACCEPTED,
                        refused("with network \"environments\"", "has \"default\"", "with network \"default\""),
                        ACCEPTED,
                        ACCEPTED,
                        ACCEPTED,
                        refused("with network \"default\"", "has \"environments\"", "with network \"environments\"")),
                List.of(
                        changed(none, none),
                        changed(none, own),
                        changed(none, standard),
                        changed(standard, none),
                        changed(own, own),
                        changed(own, none)));
    }

    @Test
    void aSubnetworkThatGoogleCloudChoseCanBeNamedAndNoOther() {
        var path = "projects/acme-environments/regions/europe-west1/subnetworks/";
        var chosen = Redaction.of(path + "default");
        assertEquals(
                List.of(
                        ACCEPTED,
                        ACCEPTED,
                        ACCEPTED,
                        refused("with subnetwork \"other\"", "has " + chosen, "with subnetwork " + chosen)),
                Stream.of(
                                obj(),
                                obj("subnetwork", "default"),
                                obj("subnetwork", path + "default"),
                                obj("subnetwork", "other"))
                        .map(fields -> ready("gke")
                                .edit("cluster", reported("subnetwork", path + "default"))
                                .settings(with("gke", fields)))
                        .map(CloudFixedFieldsTest::accepted)
                        .toList());
    }

    @Test
    void theProjectOfTheProviderCanBeNamedAndNoOther() {
        var project = "acme-environments";
        assertEquals(
                List.of(
                        ACCEPTED,
                        ACCEPTED,
                        refused(
                                "with project \"acme-other\"",
                                "has \"" + project + "\"",
                                "with project \"" + project + "\"")),
                Stream.of(withoutProject(), settings("gke"), with("gke", obj("project", "acme-other")))
                        .map(after -> new ObservedStateFake(CloudClusterTest.request("cloud"), withoutProject())
                                .steps(20)
                                .edit("cluster", reported("project", project))
                                .settings(after))
                        .map(CloudFixedFieldsTest::accepted)
                        .toList());
    }

    @Test
    void noSubnetworkAndNoProjectIsNamedBeforeTheProviderKnowsTheChosenOne() {
        assertEquals(
                List.of(
                        refused("with subnetwork \"default\"", "has none", "without subnetwork"),
                        refused("with project \"acme-environments\"", "has none", "without project")),
                List.of(
                        changed(settings("gke"), with("gke", obj("subnetwork", "default"))),
                        changed(withoutProject(), settings("gke"))));
    }

    @Test
    void nodesOfGoogleCloudNeverGetAnotherAccountAlsoNotFromOrToTheDefaultOne() {
        var standard = with("gke", obj("nodeServiceAccount", "default"));
        var named = settings("gke");
        var other = with("gke", obj("nodeServiceAccount", "other@acme-environments.iam.gserviceaccount.com"));
        var account = Redaction.of("environment-nodes@acme-environments.iam.gserviceaccount.com");
        var another = Redaction.of("other@acme-environments.iam.gserviceaccount.com");
        assertEquals(
                List.of(
                        ACCEPTED,
                        refused(
                                "with nodeServiceAccount " + account,
                                "has \"default\"",
                                "with nodeServiceAccount \"default\""),
                        ACCEPTED,
                        refused(
                                "with nodeServiceAccount \"default\"",
                                "has " + account,
                                "with nodeServiceAccount " + account),
                        refused(
                                "with nodeServiceAccount " + another,
                                "has " + account,
                                "with nodeServiceAccount " + account)),
                List.of(
                        changed(standard, standard),
                        changed(standard, named),
                        changed(named, named),
                        changed(named, standard),
                        changed(named, other)));
    }

    private static Json.Obj reported(String field, String value) {
        return obj("status", obj("atProvider", obj(field, value)));
    }

    private static Json.Obj withoutProject() {
        var path = new String[] {"data", "sizes", "cloud", "gke"};
        var size = new TreeMap<>(settings("gke").object(path).fields());
        size.remove("project");
        return JsonEdit.set(settings("gke"), new Json.Obj(size), path);
    }

    @Test
    void aSubnetOfAzureCanNeitherBeAddedNorChangedNorRemoved() {
        var none = settings("aks");
        var one = with("aks", obj("subnetId", SUBNETS + "one"));
        var other = with("aks", obj("subnetId", SUBNETS + "other"));
        var first = Redaction.of(SUBNETS + "one");
        var second = Redaction.of(SUBNETS + "other");
        assertEquals(
                List.of(
                        ACCEPTED,
                        refused("with subnetId " + first, "has none", "without subnetId"),
                        ACCEPTED,
                        refused("without subnetId", "has " + first, "with subnetId " + first),
                        refused("with subnetId " + second, "has " + first, "with subnetId " + first)),
                List.of(
                        changed(none, none),
                        changed(none, one),
                        changed(one, one),
                        changed(one, none),
                        changed(one, other)));
    }

    @Test
    void anIdentityAtAzureCanBeChangedAndNeitherAddedNorRemoved() {
        var none = settings("aks");
        var one = with("aks", obj("identity", identity("one")));
        var other = with("aks", obj("identity", identity("other")));
        assertEquals(
                List.of(
                        ACCEPTED,
                        refused("with identity", "has none", "without identity"),
                        ACCEPTED,
                        refused("without identity", "has one", "with identity")),
                List.of(changed(none, none), changed(none, one), changed(one, other), changed(one, none)));
    }

    private static Json.Obj identity(String secret) {
        return obj(
                "type",
                "AzureServicePrincipalCredentials",
                "source",
                "Secret",
                "secretRef",
                obj("namespace", "crossplane-system", "name", secret, "key", "credentials.json"));
    }

    @Test
    void aClusterAtAzureFromBeforeLocalAccountsWereMentionedHasThem() {
        var state = ready("aks");
        var cluster = StructCodec.tree(
                state.request().getObserved().getResourcesOrThrow("cluster").getResource());
        var forProvider = new TreeMap<>(cluster.object("spec", "forProvider").fields());
        forProvider.remove("localAccountDisabled");
        var before = JsonEdit.set(cluster, new Json.Obj(forProvider), "spec", "forProvider");
        assertEquals(ACCEPTED, accepted(state.other("cluster", before)));
    }

    /** What is accepted after a change of Settings. */
    private static String changed(Json.Obj before, Json.Obj after) {
        return accepted(new ObservedStateFake(CloudClusterTest.request("cloud"), before)
                .steps(20)
                .settings(after));
    }

    private static String accepted(ObservedStateFake state) {
        return condition(state.call(), "Accepted");
    }

    private static String refused(String wanted, String present, String possible) {
        return "FALSE Invalid: spec.size: is cloud, a size " + wanted + ", but this Environment's cluster " + present
                + ", which cannot change; request a size " + possible + ", or create a new Environment";
    }

    private static Json.Obj with(String cloud, Json.Obj fields) {
        return Merge.over(settings(cloud), obj("data", obj("sizes", obj("cloud", obj(cloud, fields)))));
    }
}
