package io.functionenvironment;

import static io.functionenvironment.Fixtures.app;
import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for clusters at all cloud providers. {@code CloudVersionTest} and {@code CloudFixedFieldsTest} are about changes, and
 * {@code CloudSimulationTest} shows their whole life.
 */
class CloudClusterTest {
    /** Where each cloud has the networks from which the API can be reached. */
    private static final Map<String, String> NETWORKS = Map.of(
            "gke", "masterAuthorizedNetworksConfig",
            "aks", "apiServerAccessProfile",
            "eks", "vpcConfig.publicAccessCidrs");

    static Stream<String> clouds() {
        return CloudExamples.ALL.stream().map(CloudExamples::cloud);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theFunctionComposesNoSecretAndNamesTheOneThatTheProviderWrites(String cloud) {
        var response = ready(cloud).call();
        var status = status(response);
        var writers = response.getDesired().getResourcesMap().keySet().stream()
                .filter(name -> body(response, name)
                        .text("spec", "writeConnectionSecretToRef", "name")
                        .equals(status.text("kubeconfig", "secretName")))
                .toList();
        assertEquals(List.of(1, 0L), List.of(writers.size(), secrets(response)));
        assertEquals(Optional.of("kubeconfig"), status.text("kubeconfig", "key"));
    }

    private static long secrets(RunFunctionResponse response) {
        return response.getDesired().getResourcesMap().keySet().stream()
                .filter(name -> body(response, name).text("kind").equals(Optional.of("Secret")))
                .count();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void twoEnvironmentsOfOneNameInTwoHostClustersHaveTwoClusters(String cloud) {
        var names = Stream.of("3a5c7c1e-0000-4000-8000-000000000001", "3a5c7c1e-0000-4000-8000-000000000002")
                .map(uid -> Merge.over((Json.Obj) request("cloud"), obj("metadata", obj("uid", uid))))
                .map(environment -> status(new ObservedStateFake(environment, settings(cloud)).call())
                        .text("cluster", "name")
                        .orElseThrow())
                .distinct()
                .count();
        assertEquals(2, names);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theLastPartIsProtectedUntilTheAppIsUninstalledAndAllOthersUntilItIsDeleted(String cloud) {
        var state = ready(cloud);
        var response = state.call();
        var used = new TreeMap<String, String>();
        response.getDesired().getResourcesMap().keySet().stream()
                .filter(name -> name.startsWith("usage-app-a-"))
                .forEach(name -> used.put(name.replace("usage-app-a-", ""), ""));
        var last = used.firstKey();
        var protectedParts = response.getDesired().getResourcesMap().keySet().stream()
                .filter(name -> body(response, name)
                        .text("apiVersion")
                        .filter(version -> version.contains(".upbound.io/"))
                        .isPresent())
                .filter(name -> !name.equals(last))
                .filter(name -> response.getDesired().getResourcesMap().keySet().stream()
                        .noneMatch(usage -> usage.startsWith("usage-") && usage.endsWith("-" + name)))
                .toList();
        assertEquals(List.of(), protectedParts, "parts that nothing protects");
        assertEquals(List.of(last, "provider-config-helm"), List.copyOf(used.keySet()));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aSizeThatIsMisspeltOrOfAnotherKindChangesNothing(String cloud) {
        for (var size : List.of("clod", "small", "cloud-elsewhere")) {
            var state = ready(cloud);
            var before = bodies(state.call());
            var response = state.change(request(size)).call();
            assertEquals(before, bodies(response), size);
            assertEquals("FALSE Invalid", reason(response, "Accepted"));
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClusterThatIsKeptStillTakesAnApp(String cloud) {
        var state = ready(cloud).change(environment(obj("size", "clod", "apps", arr(app("a"), app("b")))));
        assertEquals(true, state.call().getDesired().containsResources("app-b"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anErrorOfTheCloudThatDoesNotConcernWhatRunsKeepsNoAppFromStarting(String cloud) {
        var failed = obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        Merge.over(
                                ObservedStateFake.condition("LastAsyncOperation", "False", "AsyncUpdateFailure"),
                                obj("message", "async update failed: quota exceeded")),
                        ObservedStateFake.condition("Ready", "True", "Available")));
        var state = ready(cloud)
                .change(environment(obj("size", "cloud", "apps", arr(app("a"), app("b")))))
                .status("cluster", failed);
        var response = state.call();
        assertEquals(true, response.getDesired().containsResources("app-b"));
        assertEquals("FALSE Failing", reason(response, "ClusterReady"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClusterOutOfReachIsReportedWithTheWayToDeleteTheEnvironment(String cloud) {
        var messages = List.of(
                "cannot get object: Get \"https://203.0.113.10/api/v1\": dial tcp 203.0.113.10:443: i/o timeout",
                "cannot get object: failed to get server groups: Get \"https://203.0.113.10/api?timeout=32s\": dial tcp"
                        + " 203.0.113.10:443: i/o timeout",
                "cannot get object: failed to get API group resources: unable to retrieve the complete list of server APIs:"
                        + " v1: Get \"https://203.0.113.10/api/v1?timeout=32s\": dial tcp 203.0.113.10:443: i/o timeout",
                "cannot get object: Unauthorized",
                // A cluster that says which kinds it has is within reach.
                "cannot get object: unable to retrieve the complete list of server APIs: example.org/v1: no matches for"
                        + " example.org/v1, Resource=");
        assertEquals(
                List.of(true, true, true, true, false),
                messages.stream()
                        .map(message -> healthFails(cloud, message))
                        .map(reported -> reported.contains("docs/operations.md#a-cluster-at-a-cloud-provider-is-gone"))
                        .toList());
    }

    private static String healthFails(String cloud, String message) {
        var refused = obj(
                "conditions",
                arr(
                        Merge.over(
                                ObservedStateFake.condition("Synced", "False", "ReconcileError"),
                                obj("message", "observe failed: " + message)),
                        ObservedStateFake.condition("Ready", "True", "Available")));
        var state = ready(cloud).status("health", refused);
        state.edit("health", obj("metadata", obj("creationTimestamp", "2025-12-31T00:00:00Z")));
        return condition(state.call(), "ClusterReady");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsCreatedForALongTimeIsLookedAtSeldom(String cloud) {
        var creating = obj(
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "False", "Creating")));
        var state = ready(cloud).status("cluster", creating);
        var ttl = Duration.ofSeconds(state.call().getMeta().getTtl().getSeconds());
        assertTrue(ttl.compareTo(Duration.ofMinutes(1)) > 0, () -> "calls again after " + ttl);
    }

    @Test
    void aClusterWhoseKubeconfigHasNoCredentialsIsNotRegisteredAndTheEnvironmentIsReadyWithoutIt() {
        var registered = List.of(true, true, "TRUE Available: The registration in Argo CD is available.", "is ready");
        var message = "is not possible: the kubeconfig of the cluster has no credentials, see"
                + " docs/argocd-on-the-host.md#clusters-that-are-not-registered";
        var refused = List.of(true, false, "FALSE Invalid: The registration in Argo CD " + message + ".", message);
        assertEquals(
                List.of(refused, registered, refused, registered),
                Stream.of("gke cloud", "aks cloud", "aks cloud-entra", "eks cloud")
                        .map(size -> size.split(" "))
                        .map(size -> registering(size[0], size[1]))
                        .toList());
    }

    private static List<?> registering(String cloud, String size) {
        var platform =
                Merge.over(settings(cloud), obj("data", obj("argocdRegistration", obj("providerConfig", "argocd"))));
        var state = new ObservedStateFake(request(size), platform).steps(20);
        if (state.names().contains("argocd-registration")) {
            state.status("argocd-registration", RegistrationTest.registered());
        }
        var response = state.call();
        return List.of(
                RegistrationTest.isReady(response),
                state.names().contains("argocd-registration"),
                condition(response, "RegistrationReady"),
                status(response).text("registration", "message").orElse(""));
    }

    @Test
    void pricesAreAddedUpAsFarAsTheNumberOfNodesIsKnown() {
        var prices = new TreeMap<String, String>();
        for (var nodes : List.of("{count: 3}", "{min: 1, max: 4}")) {
            for (var location : List.of("europe-west1-b", "europe-west1")) {
                prices.put(
                        location + " " + nodes,
                        status(new ObservedStateFake(request("cloud"), priced(location, nodes)).call())
                                .text("cluster", "pricePerHour")
                                .orElse(""));
            }
        }
        assertEquals(
                "{europe-west1 {count: 3}=0.10 USD and 0.25 USD for each node,"
                        + " europe-west1 {min: 1, max: 4}=0.10 USD and 0.25 USD for each node,"
                        + " europe-west1-b {count: 3}=0.85 USD,"
                        + " europe-west1-b {min: 1, max: 4}=0.35 to 1.10 USD}",
                prices.toString());
    }

    @Test
    void theRolesOfAClusterAtAmazonHaveThePoliciesAndPrincipalsOfThePartitionThatTheRegionIsIn() {
        var roles = Stream.of(
                        "eu-central-1",
                        "us-gov-west-1",
                        "cn-northwest-1",
                        "eusc-de-east-1",
                        "us-iso-east-1",
                        "us-isob-east-1",
                        "eu-isoe-west-1",
                        "us-isof-south-1")
                .map(region -> region + " " + partition(region))
                .toList();
        assertEquals(
                List.of(
                        "eu-central-1 [arn:aws:iam::aws:, ec2.amazonaws.com, eks.amazonaws.com]",
                        "us-gov-west-1 [arn:aws-us-gov:iam::aws:, ec2.amazonaws.com, eks.amazonaws.com]",
                        "cn-northwest-1 [arn:aws-cn:iam::aws:, ec2.amazonaws.com.cn, eks.amazonaws.com]",
                        "eusc-de-east-1 [arn:aws-eusc:iam::aws:, ec2.amazonaws.com, eks.amazonaws.com]",
                        "us-iso-east-1 [arn:aws-iso:iam::aws:, ec2.c2s.ic.gov, eks.amazonaws.com]",
                        "us-isob-east-1 [arn:aws-iso-b:iam::aws:, ec2.sc2s.sgov.gov, eks.amazonaws.com]",
                        "eu-isoe-west-1 [arn:aws-iso-e:iam::aws:, ec2.amazonaws.com, eks.amazonaws.com]",
                        "us-isof-south-1 [arn:aws-iso-f:iam::aws:, ec2.amazonaws.com, eks.amazonaws.com]"),
                roles);
    }

    /** What the roles of a cluster name of the partition of AWS. */
    private static Set<String> partition(String region) {
        var state = new ObservedStateFake(request("cloud"), changed("eks", "region", region)).steps(20);
        var response = state.call();
        return Stream.of("role-cluster", "role-nodes")
                .map(role -> body(response, role).object("spec", "forProvider"))
                .flatMap(role -> Stream.concat(
                        role.items("managedPolicyArns").stream()
                                .flatMap(item -> item.text().stream())
                                .map(arn -> arn.replaceFirst("policy/.*", "")),
                        Yaml.documents(role.text("assumeRolePolicy").orElseThrow())
                                .getFirst()
                                .items("Statement")
                                .stream()
                                .flatMap(statement -> statement.text("Principal", "Service").stream())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void networksThatAreNoLongerAuthorizedGiveWayToAllNetworks() {
        var networks = new TreeMap<String, String>();
        NETWORKS.forEach((cloud, path) -> {
            var limited = changed(cloud, "authorizedNetworks", arr("198.51.100.0/24"));
            var state = new ObservedStateFake(request("cloud"), limited).steps(20);
            networks.put(cloud + " limited", at(state, path));
            networks.put(cloud + " opened", at(state.settings(settings(cloud)).steps(1), path));
            networks.put(cloud + " open", at(ready(cloud), path));
        });
        assertEquals(
                "{aks limited={\"authorizedIpRanges\":[\"198.51.100.0/24\"]}, aks open=none,"
                        + " aks opened={\"authorizedIpRanges\":[\"0.0.0.0/0\"]},"
                        + " eks limited=[\"198.51.100.0/24\"], eks open=none, eks opened=[\"0.0.0.0/0\"],"
                        + " gke limited={\"cidrBlocks\":[{\"cidrBlock\":\"198.51.100.0/24\"}]}, gke open=none,"
                        + " gke opened={\"cidrBlocks\":[{\"cidrBlock\":\"0.0.0.0/0\"}]}}",
                networks.toString());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void networksThatAreNoLongerAuthorizedGiveWayAlsoAfterTheClusterWasKeptAndStayOpen(String cloud) {
        var path = NETWORKS.getOrDefault(cloud, "");
        var limited = changed(cloud, "authorizedNetworks", arr("198.51.100.0/24"));
        var state = new ObservedStateFake(request("cloud"), limited).steps(20);
        state.change(request("clod")).steps(2).settings(settings(cloud)).steps(2);
        var kept = at(state, path);
        var opened = at(state.change(request("cloud")).steps(3), path);
        assertEquals(
                List.of(true, false, true, false),
                List.of(
                        kept.contains("198.51.100.0/24"),
                        kept.contains("0.0.0.0/0"),
                        opened.contains("0.0.0.0/0"),
                        opened.contains("198.51.100.0/24")));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void networksThatNoSizeNamedButSomebodyElseStay(String cloud) {
        var others = arr("192.0.2.0/24");
        var fields = Map.of(
                "gke",
                obj("masterAuthorizedNetworksConfig", obj("cidrBlocks", arr(obj("cidrBlock", "192.0.2.0/24")))),
                "aks",
                obj("apiServerAccessProfile", obj("authorizedIpRanges", others)),
                "eks",
                obj("vpcConfig", obj("publicAccessCidrs", others)));
        var written = obj("spec", obj("forProvider", fields.getOrDefault(cloud, obj())));
        assertEquals("none", at(ready(cloud).edit("cluster", written), NETWORKS.getOrDefault(cloud, "")));
    }

    private static String at(ObservedStateFake state, String path) {
        return body(state.call(), "cluster")
                .object("spec", "forProvider")
                .at(path.split("\\."))
                .map(Yaml::compact)
                .orElse("none");
    }

    @Test
    void onlyTheTierPremiumOfAzureHasThePlanForLongTermSupport() {
        var plans = new TreeMap<String, String>();
        for (var tier : List.of("Free", "Standard", "Premium")) {
            var state = new ObservedStateFake(request("cloud"), changed("aks", "tier", tier)).steps(20);
            plans.put(
                    tier,
                    body(state.call(), "cluster")
                            .text("spec", "forProvider", "supportPlan")
                            .orElse("none"));
        }
        assertEquals("{Free=none, Premium=AKSLongTermSupport, Standard=none}", plans.toString());
    }

    /** The Settings of the example, with another value in the size cloud. */
    static Json.Obj changed(String cloud, String field, Object value) {
        return Merge.over(settings(cloud), obj("data", obj("sizes", obj("cloud", obj(cloud, obj(field, value))))));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClusterThatIsKeptCostsWhatItCostBefore(String cloud) {
        var state = ready(cloud);
        var before = bill(state.call());
        var after = Stream.of("clod", "small", "cloud-elsewhere")
                .map(size -> bill(state.change(request(size)).steps(2).call()))
                .distinct()
                .toList();
        assertEquals(List.of(before), after);
        assertTrue(before.getLast().isPresent(), before::toString);
    }

    private static List<Optional<String>> bill(RunFunctionResponse response) {
        return Stream.of("nodes", "pricePerHour")
                .map(field -> status(response).text("cluster", field))
                .toList();
    }

    @Test
    void theNodePoolThatGoogleCreatesFirstRunsAsTheAccountOfTheNodes() {
        var accounts = Stream.of("cloud", "cloud-autopilot")
                .map(size -> body(
                        new ObservedStateFake(request(size), settings("gke"))
                                .steps(2)
                                .call(),
                        "cluster"))
                .map(cluster -> cluster.object("spec", "initProvider"))
                .toList();
        var account = "environment-nodes@acme-environments.iam.gserviceaccount.com";
        assertEquals(List.of(obj("nodeConfig", obj("serviceAccount", account)), Json.Obj.EMPTY), accounts);
    }

    private static Json.Obj priced(String location, String nodes) {
        return (Json.Obj) Yaml.documents("""
                apiVersion: environment.fn.crossplane.io/v1beta1
                kind: Settings
                spec:
                  sizes:
                    cloud:
                      gke:
                        nodeServiceAccount: default
                        location: %s
                        identity: {source: InjectedIdentity}
                        machineType: e2-standard-4
                        nodes: %s
                        pricePerHour: {currency: USD, cluster: "0.10", node: "0.25"}
                """.formatted(location, nodes)).getFirst();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theExampleWithAllFieldsHasEachFieldThatASizeCanHave(String cloud) throws IOException {
        var fields = new TreeSet<String>();
        document("examples/states/" + cloud + "-all-fields/settings.yaml")
                .object("data", "sizes")
                .fields()
                .values()
                .forEach(size -> fields.addAll(size.object(cloud).fields().keySet()));
        var schema = document("package/input/environment.fn.crossplane.io_settings.yaml")
                .items("spec", "versions")
                .getFirst()
                .object("schema", "openAPIV3Schema", "properties", "spec", "properties", "sizes")
                .object("additionalProperties", "properties", cloud, "properties");
        assertEquals(new TreeSet<>(schema.fields().keySet()), fields);
    }

    private static Json.Obj document(String file) throws IOException {
        return (Json.Obj) Yaml.documents(Files.readString(Path.of(file))).getFirst();
    }

    static Json request(String size) {
        return environment(obj("size", size, "apps", arr(app("a"))));
    }

    static ObservedStateFake ready(String cloud) {
        return new ObservedStateFake(request("cloud"), settings(cloud)).steps(20);
    }

    static Json.Obj settings(String cloud) {
        try {
            return (Json.Obj) Yaml.documents(Files.readString(Path.of("examples", cloud, "settings.yaml")))
                    .getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bodies(RunFunctionResponse response) {
        var bodies = new TreeMap<String, Json>();
        response.getDesired().getResourcesMap().keySet().forEach(name -> bodies.put(name, body(response, name)));
        return bodies.toString();
    }
}
