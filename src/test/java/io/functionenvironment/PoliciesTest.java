package io.functionenvironment;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The admission policies in {@code package}. What they refuse, an API server has to say: the scenarios in {@code
 * e2e/scenarios/test_security.py} ask one, with the rights of a team.
 */
class PoliciesTest {
    private static final String POLICY = "ValidatingAdmissionPolicy";
    private static final String LABEL = "environment.fn.crossplane.io/environment";
    private static final Pattern SCENARIO_FILE = Pattern.compile("package/(?:host|team)/[a-z-]+\\.yaml");
    private static final Pattern LISTED = Pattern.compile("'([^']*)'");
    private static final Pattern SOURCE = Pattern.compile("has\\(source\\.(\\w+)\\)");

    private static List<Json> documents(String file) {
        try {
            return Yaml.documents(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files() {
        try (var files = Files.walk(Path.of("package"))) {
            return files.map(Path::toString)
                    .filter(file -> file.startsWith("package/host/") || file.startsWith("package/team/"))
                    .filter(file -> documents(file).stream().anyMatch(document -> is(document, POLICY)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean is(Json document, String kind) {
        return document.text("kind").equals(Optional.of(kind));
    }

    private static String name(Json document) {
        return document.text("metadata", "name").orElseThrow();
    }

    private static Stream<Json> policies() {
        return files().stream().flatMap(file -> documents(file).stream()).filter(document -> is(document, POLICY));
    }

    private static Json policy(String name) {
        return policies()
                .filter(policy -> name(policy).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Stream<Json> policies) {
        return policies.map(PoliciesTest::name).sorted().toList();
    }

    private static boolean isOfHostNamespaces(Json policy) {
        return policy.items("spec", "matchConstraints", "namespaceSelector", "matchExpressions").stream()
                .anyMatch(rule -> rule.text("key").equals(Optional.of(LABEL))
                        && rule.text("operator").equals(Optional.of("Exists")));
    }

    @Test
    void eachPolicyIsBoundAndRefuses() {
        for (var file : files()) {
            var bound = documents(file).stream()
                    .filter(document -> is(document, POLICY + "Binding"))
                    .map(binding -> name(binding) + " "
                            + binding.text("spec", "policyName").orElseThrow() + " "
                            + binding.items("spec", "validationActions"))
                    .sorted()
                    .toList();
            var expected = documents(file).stream()
                    .filter(document -> is(document, POLICY))
                    .map(policy -> name(policy) + " " + name(policy) + " " + List.of(new Json.Text("Deny")))
                    .sorted()
                    .toList();
            assertEquals(expected, bound, file);
        }
    }

    @Test
    void anErrorOfAPolicyRefusesAndEachRefusalSaysWhatToChange() {
        assertEquals(
                List.of(),
                names(policies()
                        .filter(policy -> !policy.text("spec", "failurePolicy").equals(Optional.of("Fail"))
                                || policy.items("spec", "validations").stream()
                                        .anyMatch(rule -> rule.text("message").isEmpty()))));
    }

    /**
     * What is refused for a new object must not be added to one that exists. An update cannot change the grace period of a pod, its
     * volumes and the names of its resources, but who deletes it can choose another period.
     */
    @Test
    void whatRunsInEnvironmentsIsRestrictedWhenItIsCreatedAndWhenItChanges() {
        var exceptions = policies()
                .filter(PoliciesTest::isOfHostNamespaces)
                .collect(toMap(PoliciesTest::name, PoliciesTest::operations));
        exceptions.values().removeIf("CREATE UPDATE"::equals);
        assertEquals(
                Map.of(
                        "environments-end-in-time",
                        "CREATE DELETE",
                        "environments-mount-own-volumes",
                        "CREATE",
                        "environments-take-no-devices",
                        "CREATE"),
                exceptions);
    }

    private static String operations(Json policy) {
        return policy.items("spec", "matchConstraints", "resourceRules").stream()
                .map(rule -> rule.items("operations").stream()
                        .map(operation -> ((Json.Text) operation).value())
                        .collect(joining(" ")))
                .distinct()
                .collect(joining(", "));
    }

    /** Each of them holds where the function writes its label, and nowhere else in the host cluster. */
    @Test
    void whatRunsInEnvironmentsIsRestrictedByTheLabelOfHostNamespaces() {
        assertEquals(
                List.of(
                        "environments-claim-no-addresses",
                        "environments-claim-no-endpoints",
                        "environments-claim-no-identity",
                        "environments-claim-no-listeners",
                        "environments-claim-no-names",
                        "environments-claim-no-nodes",
                        "environments-claim-no-volumes",
                        "environments-claim-own-hosts",
                        "environments-end-in-time",
                        "environments-keep-control-planes",
                        "environments-mount-own-volumes",
                        "environments-open-no-networks",
                        "environments-route-own-hosts",
                        "environments-take-no-devices"),
                names(policies().filter(PoliciesTest::isOfHostNamespaces)));
    }

    /**
     * A name in DNS that the chart of vcluster may claim is on the host namespace, where the function writes it, and is refused to the
     * service accounts of that namespace, by which everything comes that the Environment creates.
     */
    @Test
    void theNameOfAControlPlaneIsForItsChartOnly() {
        var expression = "!request.userInfo.username.startsWith('system:serviceaccount:' + request.namespace + ':') &&"
                + " has(namespaceObject.metadata.annotations) &&"
                + " 'environment.fn.crossplane.io/exposed-name' in namespaceObject.metadata.annotations"
                + " ? [namespaceObject.metadata.annotations['environment.fn.crossplane.io/exposed-name']] : []";
        assertEquals(
                Map.of(
                        "environments-claim-no-addresses", expression,
                        "environments-claim-no-names", expression,
                        "environments-claim-own-hosts", expression,
                        "environments-route-own-hosts", expression),
                policies()
                        .filter(policy -> !variable(policy, "exposed").isEmpty())
                        .collect(toMap(PoliciesTest::name, policy -> variable(policy, "exposed"))));
    }

    /** Also where the optional policy on endpoints is not installed, and with each name that the chart gives a Service. */
    @Test
    void theServicesOfAControlPlaneLeadWhereTheChartSays() {
        var policy = policy("environments-keep-control-planes");
        assertEquals(
                "[variables.cluster, variables.cluster + '-headless', variables.cluster + '-etcd', variables.cluster + '-etcd-headless']",
                variable(policy, "services"));
        assertEquals(
                List.of("endpoints", "endpointslices"),
                policy.items("spec", "matchConstraints", "resourceRules").stream()
                        .flatMap(rule -> rule.items("resources").stream())
                        .map(resource -> ((Json.Text) resource).value())
                        .toList());
    }

    /** The function writes no standard that the policy refuses, unless Settings allow privileged pods. */
    @Test
    void theProvidersMakeNoNamespaceForPrivilegedPods() {
        var policy = documents("package/host/provider-restriction.yaml").getFirst();
        assertEquals("['baseline', 'restricted']", variable(policy, "standards"));
        assertEquals(
                List.of(
                        "the providers may change objects only in host namespaces of Environments",
                        "a host namespace must keep its label, and enforce a pod security standard that the platform lists"),
                policy.items("spec", "validations").stream()
                        .flatMap(rule -> rule.text("message").stream())
                        .toList());
    }

    /** Controllers for DNS read their annotations on pods, Services and Ingresses. */
    @Test
    void annotationsForDnsAreRefusedForServicesAndIngressesAsForPods() {
        var ofPods = claimsWith("dns.", "environments-claim-no-identity");
        assertEquals(List.of("external-dns.alpha.kubernetes.io/", "dns.alpha.kubernetes.io/"), ofPods);
        for (var policy : List.of("environments-claim-no-addresses", "environments-claim-no-names")) {
            var missing = new ArrayList<>(ofPods);
            missing.removeAll(claimsWith("dns.", policy));
            assertEquals(List.of(), missing, policy);
        }
    }

    /** Of an internal authority, annotations of cert-manager request a certificate with any subject and for any use. */
    @Test
    void anIngressGetsCertificatesOnlyOfIssuersThatThePlatformLists() {
        var policy = policy("environments-claim-no-names");
        assertEquals(
                List.of("cert-manager.io/", "acme.cert-manager.io/"),
                claimsWith("cert-manager", "environments-claim-no-names"));
        assertEquals("['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer']", variable(policy, "issuedBy"));
        assertEquals("[]", variable(policy, "issuers"));
        assertEquals(
                "variables.issuedBy.all(key, !(key in variables.annotations) || variables.annotations[key] in variables.issuers ||"
                        + " (key in variables.annotationsBefore && variables.annotations[key] == variables.annotationsBefore[key]))",
                expressions(policy).getLast());
    }

    /** A controller that chooses a certificate by the names in it takes that of a team for the names of somebody else. */
    @Test
    void aPlatformCanRefuseTheCertificatesOfTeams() {
        var policy = policy("environments-claim-own-hosts");
        assertEquals("true", variable(policy, "tlsSecrets"));
        assertEquals(
                List.of("variables.tlsSecrets || !has(object.spec.tls) ||"
                        + " object.spec.tls.all(tls, !has(tls.secretName) || tls.secretName == '')"),
                expressions(policy).stream()
                        .filter(expression -> expression.contains("tlsSecrets"))
                        .toList());
    }

    /** A signer of the host cluster signs what the source podCertificate requests. Its field is unknown to earlier API servers. */
    @Test
    void theSourcesOfProjectedVolumesAreListed() {
        assertEquals(
                List.of("configMap", "secret", "downwardAPI", "serviceAccountToken", "clusterTrustBundle"),
                SOURCE.matcher(expressions(policy("environments-mount-own-volumes"))
                                .getLast())
                        .results()
                        .map(found -> found.group(1))
                        .toList());
    }

    /** A claim takes devices that are not among the resources of a container. */
    @Test
    void podsHaveNoResourceClaims() {
        assertEquals(
                "!has(object.spec.resourceClaims) || size(object.spec.resourceClaims) == 0",
                expressions(policy("environments-take-no-devices")).getLast());
    }

    /** One that is there already may stay, so that its finalizers can be removed. */
    @Test
    void anEnvironmentHasNoGatewaysAndAddsNoListenersToThoseOfOthers() {
        var policy = policy("environments-claim-no-listeners");
        assertEquals(
                List.of(
                        "gateway.networking.k8s.io/gateways",
                        "gateway.networking.k8s.io/listenersets",
                        "gateway.networking.x-k8s.io/xlistenersets"),
                policy.items("spec", "matchConstraints", "resourceRules").stream()
                        .flatMap(rule -> rule.items("apiGroups").stream()
                                .flatMap(group -> rule.items("resources").stream()
                                        .map(resource ->
                                                ((Json.Text) group).value() + "/" + ((Json.Text) resource).value())))
                        .toList());
        assertEquals(List.of("oldObject != null && object.spec == oldObject.spec"), expressions(policy));
    }

    /** The beginnings of annotations that a policy refuses, if they have this part. */
    private static List<String> claimsWith(String part, String policy) {
        return LISTED.matcher(variable(policy(policy), "claims"))
                .results()
                .map(found -> found.group(1))
                .filter(claim -> claim.contains(part))
                .toList();
    }

    private static List<String> expressions(Json policy) {
        return policy.items("spec", "validations").stream()
                .flatMap(rule -> rule.text("expression").stream())
                .toList();
    }

    private static String variable(Json policy, String name) {
        return policy.items("spec", "variables").stream()
                .filter(variable -> variable.text("name").equals(Optional.of(name)))
                .flatMap(variable -> variable.text("expression").stream())
                .collect(joining());
    }

    /** The example of an XRD under another name has the same protection, and shows what to change. */
    @Test
    void theProtectionOfAnotherKindIsTheSameWithOtherNames() throws IOException {
        var copied = Files.readString(Path.of("package/team/environment-protection.yaml"))
                .replaceAll("(?m)^ *#.*\n", "")
                .replace("name: environments-", "name: sandboxes-")
                .replace("policyName: environments-", "policyName: sandboxes-")
                .replace("apiGroups: [platform.internal]", "apiGroups: [sandbox.example.org]")
                .replace("resources: [environments]", "resources: [sandboxes]")
                .replace("an Environment", "a Sandbox");
        assertEquals(
                copied,
                Files.readString(Path.of("examples/own-kind/environment-protection.yaml"))
                        .replaceAll("(?m)^ *#.*\n", ""));
    }

    @Test
    void bothDefinitionsEnforceTheirComposition() {
        for (var folder : List.of("package/configuration", "examples/own-kind")) {
            assertEquals(
                    Optional.of(name(documents(folder + "/composition.yaml").getFirst())),
                    documents(folder + "/definition.yaml").getFirst().text("spec", "enforcedCompositionRef", "name"),
                    folder);
        }
    }

    @Test
    void theScenariosAskAnApiServerAboutEachFile() throws IOException {
        var asked = new TreeSet<String>();
        SCENARIO_FILE
                .matcher(Files.readString(Path.of("e2e/scenarios/test_security.py")))
                .results()
                .forEach(found -> asked.add(found.group()));
        var missing = new ArrayList<>(files());
        missing.removeAll(asked);
        assertEquals(List.of(), missing);
    }
}
