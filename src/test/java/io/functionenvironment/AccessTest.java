package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.policies;
import static io.functionenvironment.Fixtures.removing;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.json.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Access to a cluster with less than an administrator's rights. */
class AccessTest {
    private static final String BINDING = "access-binding-reader-054ea7a2";
    private static final Json.Obj READER = obj("name", "reader", "clusterRole", "view");
    private static final Json.Obj PLATFORM = roles(READER);

    private static Json.Obj roles(Json.Obj... roles) {
        return settings(obj("access", obj("roles", List.of(roles))));
    }

    private static ObservedStateFake state(Json.Obj settings) {
        return new ObservedStateFake(environment("a"), settings);
    }

    private static Json.Obj manifest(ObservedStateFake state, String component) {
        return body(state.call(), component).object("spec", "forProvider", "manifest");
    }

    @Test
    void aRoleStartsOnceTheClusterServes() {
        var state = state(PLATFORM);
        assertEquals(
                List.of(
                        "provider-config-kubernetes -cluster -health",
                        "provider-config-kubernetes -cluster -health",
                        "provider-config-kubernetes -health",
                        "provider-config-kubernetes",
                        "access-namespace app-a provider-config-kubernetes",
                        "access-account-reader " + BINDING + " access-namespace app-a provider-config-kubernetes"),
                Stream.generate(() -> names(state.step())).limit(6).toList());
        assertEquals("TRUE Available: Access is available.", condition(state.call(), "AccessReady"));
    }

    @Test
    void theStatusHasTheCommandThatRequestsAToken() {
        var state = state(roles(Merge.over(READER, obj("tokenDuration", "8h")))).steps(8);
        assertEquals(
                obj(
                        "ready",
                        true,
                        "message",
                        "is ready",
                        "roles",
                        arr(obj(
                                "name",
                                "reader",
                                "clusterRole",
                                "view",
                                "createToken",
                                "kubectl create token environment-reader -n environment-access --duration 8h"))),
                status(state.call()).object("access"));
    }

    @Test
    void theServiceAccountAndTheSubjectsOfTheTeamHaveTheClusterRole() {
        var everybody = obj("kind", "Group", "name", "oidc:readers");
        var others = Merge.over(obj("kind", "User", "name", "oidc:mia"), obj("teams", arr("team-b")));
        var state = state(roles(Merge.over(READER, obj("subjects", arr(everybody, others)))))
                .steps(8);
        assertEquals(
                obj(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ServiceAccount",
                        "metadata",
                        obj("name", "environment-reader", "namespace", "environment-access")),
                manifest(state, "access-account-reader"));
        assertEquals(
                obj(
                        "apiVersion",
                        "rbac.authorization.k8s.io/v1",
                        "kind",
                        "ClusterRoleBinding",
                        "metadata",
                        obj("name", "environment-reader-" + BINDING.replaceFirst(".*-", "")),
                        "roleRef",
                        obj("apiGroup", "rbac.authorization.k8s.io", "kind", "ClusterRole", "name", "view"),
                        "subjects",
                        arr(
                                obj(
                                        "kind",
                                        "ServiceAccount",
                                        "name",
                                        "environment-reader",
                                        "namespace",
                                        "environment-access"),
                                Merge.over(everybody, obj("apiGroup", "rbac.authorization.k8s.io")))),
                manifest(state, BINDING));
        assertEquals(arr("Observe", "Create", "Update", "LateInitialize").items(), policies(state.call(), BINDING));
    }

    @Test
    void anotherClusterRoleIsAnotherBinding() {
        var state = state(PLATFORM).steps(8).settings(roles(Merge.over(READER, obj("clusterRole", "edit"))));
        state.step();
        var bindings = state.names().stream()
                .filter(name -> name.startsWith("access-binding-"))
                .toList();
        assertEquals(1, bindings.stream().filter(name -> !name.equals(BINDING)).count());
        state.steps(4);
        assertEquals(
                List.of("edit"),
                state.names().stream()
                        .filter(name -> name.startsWith("access-binding-"))
                        .map(name ->
                                manifest(state, name).text("roleRef", "name").orElse(""))
                        .toList());
    }

    private static String parts(String names) {
        return Stream.of(names.split(" ", -1))
                .filter(name -> name.startsWith("access-"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aRoleThatIsNoLongerOfferedIsRemovedBeforeItsNamespace() {
        var state = state(PLATFORM).steps(8).settings(settings(obj()));
        assertEquals(
                List.of("access-account-reader " + BINDING + " access-namespace", "access-namespace", ""),
                Stream.generate(() -> names(state.step()))
                        .limit(12)
                        .map(AccessTest::parts)
                        .distinct()
                        .toList());
        assertEquals("", removing(state.call()));
        assertEquals("app-a", names(state.call()));
        assertEquals("TRUE NotRequested: It is not requested.", condition(state.call(), "AccessReady"));
    }

    @Test
    void rolesStayWhileTheClusterDoesNotServeAndWhileTheSizeIsMisspelt() {
        var state = state(PLATFORM).steps(8);
        var all = names(state.call());
        assertEquals(all, names(state.status("health", down()).call()));
        assertEquals(
                all,
                names(state.change(environment(obj("size", "smal", "apps", arr(Fixtures.app("a")))))
                        .call()));
    }

    @Test
    void inATrustedSharedClusterARoleHoldsInTheNamespaceOfTheEnvironment() {
        var state = shared(true).steps(8);
        assertEquals(
                List.of("RoleBinding", "ServiceAccount"),
                state.names().stream()
                        .filter(name -> name.startsWith("access-"))
                        .sorted()
                        .map(name -> manifest(state, name).text("kind").orElse(""))
                        .sorted()
                        .toList());
        var namespace = status(state.call()).text("cluster", "namespace").orElseThrow();
        assertEquals(
                "kubectl create token environment-reader -n " + namespace + " --duration 1h",
                status(state.call())
                        .items("access", "roles")
                        .getFirst()
                        .text("createToken")
                        .orElse(""));
    }

    @Test
    void inASharedClusterThatIsNotTrustedThereAreNoRoles() {
        var state = shared(false).steps(8);
        assertEquals(
                List.of(),
                state.names().stream()
                        .filter(name -> name.startsWith("access-"))
                        .toList());
        assertEquals("", condition(state.call(), "AccessReady"));
        assertEquals(Json.Obj.EMPTY, status(state.call()).object("access"));
    }

    private static final Json.Obj ISSUER = obj("issuerURL", "https://sso.example.org", "clientID", "environments");

    private static Json.Obj oidc(Json.Obj more) {
        return settings(obj("vcluster", Merge.over(obj("oidc", ISSUER), more)));
    }

    private static Json.Obj controlPlane(ObservedStateFake state) {
        return body(state.call(), "cluster").object("spec", "forProvider", "values", "controlPlane");
    }

    @Test
    void theApiServerAcceptsTheTokensOfTheIssuer() {
        var k8s = controlPlane(state(oidc(obj())).steps(3)).object("distro", "k8s");
        assertEquals(
                arr(
                                "--oidc-issuer-url=https://sso.example.org",
                                "--oidc-client-id=environments",
                                "--oidc-username-claim=sub",
                                "--oidc-username-prefix=oidc:",
                                "--oidc-groups-prefix=oidc:")
                        .items(),
                k8s.items("apiServer", "extraArgs"));
    }

    @Test
    void whatThePlatformAddsToTheSameListsStays() {
        var flags = obj("distro", obj("k8s", obj("apiServer", obj("extraArgs", arr("--v=4")))));
        var volume = obj("name", "mine", "emptyDir", obj());
        var mount = obj("name", "mine", "mountPath", "/mine");
        var volumes = obj("persistence", obj("addVolumes", arr(volume), "addVolumeMounts", arr(mount)));
        var values = obj("values", obj("controlPlane", Merge.over(flags, obj("statefulSet", volumes))));
        var authority = obj("oidc", obj("certificateAuthority", PEM));
        var controlPlane =
                controlPlane(state(oidc(Merge.over(values, authority))).steps(3));
        assertEquals(
                List.of(new Json.Text("--oidc-ca-file=/etc/oidc-issuer/ca.crt"), new Json.Text("--v=4")),
                controlPlane.items("distro", "k8s", "apiServer", "extraArgs").subList(5, 7));
        assertEquals(
                List.of("oidc-issuer mine", "oidc-issuer mine"),
                Stream.of("addVolumes", "addVolumeMounts")
                        .map(list -> controlPlane.items("statefulSet", "persistence", list).stream()
                                .map(item -> item.text("name").orElse(""))
                                .collect(Collectors.joining(" ")))
                        .toList());
    }

    /** Otherwise, its API server would be told to read a file that it does not have, and never start again. */
    @Test
    void aRunningClusterGetsTheCertificateOfTheIssuerWithTheFlagThatNamesIt() {
        var authority = oidc(obj("oidc", obj("certificateAuthority", PEM)));
        var added = controlPlane(state(authority).steps(3));
        var state = state(settings(obj())).steps(8);
        var before = controlPlane(state);
        assertEquals(added, controlPlane(state.settings(authority)));
        state.steps(2);
        assertEquals(before, controlPlane(state.settings(settings(obj()))));
    }

    @Test
    void theKubeconfigIsInStatusOnceTheCertificateOfTheClusterIsKnown() {
        var state = state(oidc(obj())).steps(8);
        assertEquals("", status(state.call()).text("access", "kubeconfig").orElse(""));
        assertEquals(
                "https://localhost:8443 " + base64(PEM) + " kubectl oidc-login get-token"
                        + " --oidc-issuer-url=https://sso.example.org --oidc-client-id=environments",
                kubeconfig(state.status("access-certificate", seen(PEM))));
        assertEquals(
                "kubectl port-forward -n env-team-a-dev-jpaxfzo35gcbqyrz pod/dev-0 8443:8443",
                status(state.call()).text("access", "tunnel").orElse(""));
    }

    @Test
    void aCertificateThatIsNoneIsNotShown() {
        var state = state(oidc(obj())).steps(8).status("access-certificate", seen(PEM + "users: []"));
        assertEquals("", status(state.call()).text("access", "kubeconfig").orElse(""));
    }

    @Test
    void aClusterThatIsReachableFromOutsideNeedsNoTunnel() {
        var host = obj(
                "providerConfig", "west", "address", "https://<hostNamespace>.west.example.org", "expose", "TLSRoute");
        var settings =
                Merge.over(oidc(obj()), obj("data", obj("sizes", obj("small", obj("vcluster", obj("host", host))))));
        var state = state(settings).steps(8).status("access-certificate", seen(PEM));
        assertEquals(
                "https://env-team-a-dev-jpaxfzo35gcbqyrz.west.example.org:443",
                kubeconfig(state).replaceFirst(" .*", ""));
        assertEquals("", status(state.call()).text("access", "tunnel").orElse(""));
    }

    /** The server, the certificate and the command of the kubeconfig in the status. */
    private static String kubeconfig(ObservedStateFake state) {
        var text = status(state.call()).text("access", "kubeconfig").orElseThrow();
        var config = Yaml.documents(text).getFirst();
        var cluster = config.items("clusters").getFirst();
        var exec = config.items("users").getFirst().object("user", "exec");
        return cluster.text("cluster", "server").orElse("") + " "
                + cluster.text("cluster", "certificate-authority-data").orElse("") + " "
                + exec.text("command").orElse("") + " "
                + words(exec, "args");
    }

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVk\n-----END CERTIFICATE-----\n";

    private static Json.Obj seen(String certificate) {
        return obj(
                "atProvider",
                obj("manifest", obj("data", obj("ca.crt", certificate))),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoIsNoAdministratorGetsATunnelAndCannotReadTheKubeconfig() {
        var state = state(settings(obj(
                        "access",
                        obj("subjects", arr(obj("kind", "Group", "name", "developers", "administrator", false))))))
                .steps(8);
        assertEquals("app-a tunnel-role tunnel-role-binding", names(state.call()));
        assertEquals(
                List.of("pods dev-0: get", "pods/portforward dev-0: create"),
                manifest(state, "tunnel-role").items("rules").stream()
                        .map(rule -> words(rule, "resources") + " " + words(rule, "resourceNames") + ": "
                                + words(rule, "verbs"))
                        .toList());
        assertEquals(
                "vcluster connect dev -n env-team-a-dev-jpaxfzo35gcbqyrz",
                status(state.call()).text("connect").orElse(""));
        // A request that cannot be carried out keeps nobody's rights.
        var misspelt = state.change(environment(obj("size", "smal", "apps", arr(Fixtures.app("a")))));
        assertEquals("app-a", names(misspelt.settings(settings(obj())).steps(6).call()));
    }

    private static String words(Json json, String list) {
        return json.items(list).stream()
                .map(item -> item instanceof Json.Text(var word) ? word : "")
                .collect(Collectors.joining(" "));
    }

    private static ObservedStateFake shared(boolean trusted) {
        var size = obj(
                "providerConfig",
                "shared",
                "cpu",
                "2",
                "memory",
                "4Gi",
                "pods",
                10,
                "volumes",
                "10Gi",
                "trusted",
                trusted);
        return new ObservedStateFake(
                environment(obj("size", "shared")),
                settings(obj("sizes", obj("shared", obj("existing", size)), "access", obj("roles", arr(READER)))));
    }
}
