package io.functionenvironment.addon.access;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.app.CertificateFormat;
import io.functionenvironment.api.settings.OidcIssuer;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.SignIn;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kubeconfig without a secret, for people who sign in at an issuer: kubectl runs the plugin <a
 * href="https://github.com/int128/kubelogin">kubelogin</a>, which opens a browser and gets a token.
 *
 * @param name of the cluster in it
 * @param authority the certificate of the authority that signs that of the API server; empty while it is not known
 */
record SignInKubeconfig(String name, SignIn signIn, Optional<String> authority) {
    /** Part of the API: it never changes. */
    private static final String CERTIFICATE = "access-certificate";

    private static final StartupGrace GRACE = new StartupGrace(
            Activity.CREATING,
            Activity.CREATING,
            Stream.concat(ProviderKubernetes.NOT_POSSIBLE_YET.stream(), Stream.of(ProviderError.EXTERNAL_MISSING))
                    .toList(),
            Duration.ofMinutes(1));
    private static final String USER = "oidc";

    static Optional<SignInKubeconfig> of(ClusterTarget target, Inputs inputs) {
        var authority = inputs.observed()
                .get(CERTIFICATE)
                .filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT))
                .map(ProviderKubernetes::manifest)
                .flatMap(manifest -> manifest.text("data", "ca.crt"))
                .filter(text -> CertificateFormat.PEM.matcher(text).matches());
        return target.signIn()
                .map(some ->
                        new SignInKubeconfig(inputs.environment().identity().name(), some, authority));
    }

    /** What shows the certificate: Kubernetes writes it into this ConfigMap of every namespace, and it is no secret. */
    static Component certificate(ClusterTarget target) {
        var manifest = obj(
                field("apiVersion", "v1"),
                field("kind", "ConfigMap"),
                field("metadata", obj(field("name", "kube-root-ca.crt"), field("namespace", "default"))));
        var access = target.kubernetes().orElseThrow();
        return Component.requested(
                        CERTIFICATE,
                        KubernetesObject.of(manifest, access.ref(), ManagementPolicies.OBSERVE),
                        Access.OWNER,
                        Location.HOST,
                        target.dependencies(access))
                .with(GRACE);
    }

    Optional<String> tunnel() {
        return signIn.tunnel();
    }

    /** Empty while the certificate is not known. */
    Optional<String> text() {
        return authority.map(certificates -> Yaml.text(obj(
                field("apiVersion", "v1"),
                field("kind", "Config"),
                field("clusters", arr(named("cluster", cluster(certificates)))),
                field("users", arr(obj(field("name", USER), field("user", obj(field("exec", exec())))))),
                field("contexts", arr(named("context", obj(field("cluster", name), field("user", USER))))),
                field("current-context", name))));
    }

    private Json.Obj named(String key, Json.Obj content) {
        return obj(field("name", name), field(key, content));
    }

    private Json.Obj cluster(String certificates) {
        return obj(field("server", signIn.server()), field("certificate-authority-data", base64(certificates)));
    }

    private Json.Obj exec() {
        return obj(
                field("apiVersion", "client.authentication.k8s.io/v1"),
                field("command", "kubectl"),
                field("args", texts(arguments(signIn.issuer()))),
                field("interactiveMode", "IfAvailable"));
    }

    private static List<String> arguments(OidcIssuer issuer) {
        return Stream.of(
                        Stream.of(
                                "oidc-login",
                                "get-token",
                                "--oidc-issuer-url=" + issuer.url(),
                                "--oidc-client-id=" + issuer.clientId()),
                        issuer.scopes().stream().map("--oidc-extra-scope="::concat),
                        issuer.certificates().map(some -> "--certificate-authority-data=" + base64(some)).stream())
                .flatMap(arguments -> arguments)
                .toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
