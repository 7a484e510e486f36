package io.functionenvironment;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.provider.CloudPackage;
import io.functionenvironment.crossplane.provider.ProviderAws;
import io.functionenvironment.crossplane.provider.ProviderAzure;
import io.functionenvironment.crossplane.provider.ProviderGcp;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code package/assemble} writes what {@code crossplane xpkg build} and the package manager accept. */
class PackagesTest {
    private static final String REPOSITORY = "registry.example.org:5000/acme/platform";
    private static final String META = "meta.pkg.crossplane.io/v1";
    private static final Pattern CONSTRAINT = Pattern.compile("(>=|=)v\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final Set<String> ALLOWED_IN_CONFIGURATIONS =
            Set.of("CompositeResourceDefinition", "Composition", "ManagedResourceActivationPolicy");

    @TempDir
    private Path to;

    @Test
    void thePackagesContainTheCommittedFiles() throws Exception {
        assemble("--repository", REPOSITORY, "--version", "v1.2.3");
        var settings = Path.of("package/input/environment.fn.crossplane.io_settings.yaml");
        assertEquals(
                Files.readString(settings),
                Files.readString(to.resolve("function").resolve(settings.getFileName())));
        assertEquals(
                Files.readString(Path.of("crossplane.yaml")), Files.readString(to.resolve("function/crossplane.yaml")));
        var definition = "configuration/definition.yaml";
        assertEquals(Files.readString(Path.of("package", definition)), Files.readString(to.resolve(definition)));
        assertEquals(kinds(Path.of("package/configuration")), kinds(to.resolve("configuration")));
    }

    @Test
    void eachPackageHasOneMetaObjectAndOnlyAllowedKinds() throws Exception {
        assemble("--repository", REPOSITORY, "--version", "v1.2.3");
        var function = kinds(to.resolve("function"));
        assertEquals(List.of("CustomResourceDefinition", "Function"), function);
        var configuration = new ArrayList<>(kinds(to.resolve("configuration")));
        assertTrue(configuration.remove("Configuration"));
        assertEquals(ALLOWED_IN_CONFIGURATIONS, Set.copyOf(configuration));
        for (var name : List.of("function", "configuration")) {
            var meta = meta(name);
            assertTrue(
                    CONSTRAINT
                            .matcher(text(meta, "spec", "crossplane", "version"))
                            .matches(),
                    name);
            for (var annotation : List.of("maintainer", "license", "description", "readme")) {
                text(meta, "metadata", "annotations", "meta.crossplane.io/" + annotation);
            }
            text(meta, "metadata", "annotations", "friendly-name.meta.crossplane.io");
        }
        assertTrue(text(meta("function"), "metadata", "name").startsWith("function-"));
        assertEquals(List.of(new Json.Text("composition")), meta("function").items("spec", "capabilities"));
    }

    /** By the specification of packages, registries show it. A fork has another address, so it is not in the committed files. */
    @ParameterizedTest
    @ValueSource(strings = {"function", "configuration", "aks", "eks", "gke"})
    void eachPackageNamesTheSourceThatItWasBuiltFrom(String name) throws Exception {
        var source = "https://git.example.org/acme/function-environment";
        assemble("--source", source);
        assertEquals(source, text(meta(name), "metadata", "annotations", "meta.crossplane.io/source"));
        assemble();
        assertEquals(Optional.empty(), meta(name).text("metadata", "annotations", "meta.crossplane.io/source"));
    }

    @Test
    void theConfigurationDependsOnTheFunctionAndBothProviders() throws Exception {
        assemble("--repository", REPOSITORY, "--version", "v1.2.3");
        assertEquals(
                List.of(
                        "Function " + REPOSITORY + "/function-environment >=v1.2.3",
                        "Provider xpkg.crossplane.io/crossplane-contrib/provider-helm >=v1.4.0, <v2.0.0",
                        "Provider xpkg.crossplane.io/crossplane-contrib/provider-kubernetes >=v1.3.0, <v2.0.0"),
                dependencies());
    }

    @ParameterizedTest
    @CsvSource({"'', >=v0.0.0-0", "v1.2.3, >=v1.2.3", "v1.2.3-rc.1, =v1.2.3-rc.1"})
    void theConfigurationDependsOnItsOwnVersionOfTheFunction(String version, String constraint) throws Exception {
        assemble(version.isEmpty() ? List.of() : List.of("--version", version));
        assertTrue(
                dependencies().getFirst().endsWith(" " + constraint),
                () -> dependencies().getFirst());
    }

    /** The package manager names a dependency by the rule of its function {@code ToDNSLabel}. */
    @ParameterizedTest
    @CsvSource({
        "xpkg.crossplane.io/function-environment, function-environment-function-environment",
        "10.0.0.1:5000, function-environment",
        "registry.example.org:5000/acme/platform.team, acme-platform-team-function-environment",
        "r.example.org/snake_case, snakecase-function-environment",
        "r.example.org/a-very-long-path/that-goes-on-for-longer-than-a/label,"
                + " a-very-long-path-that-goes-on-for-longer-than-a-label-function"
    })
    void theCompositionCallsTheFunctionByItsNameAsADependency(String repository, String name) throws Exception {
        assemble("--repository", repository);
        var composition =
                documents(to.resolve("configuration/composition.yaml")).getFirst();
        var step = composition.items("spec", "pipeline").getFirst();
        assertEquals(name, text(step, "functionRef", "name"));
        assertEquals(name, label(repository + "/function-environment"));
        assertEquals(
                repository + "/function-environment",
                text(meta("configuration").items("spec", "dependsOn").getFirst(), "package"));
    }

    @Test
    void theFunctionGetsTheRuntimeConfigAsADependency() throws Exception {
        assemble("--repository", REPOSITORY);
        var documents = documents(to.resolve("runtime-config.yaml"));
        var images = documents.getLast();
        assertEquals(
                List.of(REPOSITORY + "/function-environment:", REPOSITORY + "/function-environment@"),
                images.items("spec", "matchImages").stream()
                        .map(image -> text(image, "prefix"))
                        .toList());
        assertEquals(
                text(documents.getFirst(), "metadata", "name"), text(images, "spec", "runtime", "configRef", "name"));
    }

    @Test
    void theActivationPolicyActivatesExactlyTheComposedKinds() throws IOException {
        var composed = composed(path -> true).stream()
                .filter(name -> name.endsWith(".m.crossplane.io"))
                .collect(toCollection(TreeSet::new));
        var policy = documents(Path.of("package/configuration/activation.yaml")).getFirst();
        assertEquals(
                composed,
                policy.items("spec", "activate").stream()
                        .map(item -> item.text().orElseThrow())
                        .collect(toCollection(TreeSet::new)));
    }

    /** The small packages of clouds, so that a platform installs only the providers of the clouds that it uses. */
    record Cloud(String name, List<CloudPackage> packages, List<Gvk> kinds) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Cloud> clouds() {
        return List.of(
                new Cloud("aks", List.of(ProviderAzure.PACKAGE), ProviderAzure.KINDS),
                new Cloud("eks", ProviderAws.PACKAGES, ProviderAws.KINDS),
                new Cloud("gke", List.of(ProviderGcp.PACKAGE), ProviderGcp.KINDS));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thePackageOfACloudDependsOnTheConfigurationAndOnTheVersionsThatFactsWereReadIn(Cloud cloud) throws Exception {
        assemble("--repository", REPOSITORY, "--version", "v1.2.3");
        var expected = new ArrayList<>(List.of("Configuration " + REPOSITORY + "/configuration-environment >=v1.2.3"));
        cloud.packages()
                .forEach(one -> expected.add("Provider xpkg.crossplane.io/crossplane-contrib/" + one.name() + " >="
                        + one.version() + ", <" + nextMajor(one.version())));
        assertEquals(expected, dependencies(cloud.name()));
        assertEquals(List.of("Configuration", "ManagedResourceActivationPolicy"), kinds(to.resolve(cloud.name())));
        assertEquals("configuration-environment-" + cloud.name(), text(meta(cloud.name()), "metadata", "name"));
    }

    /** A next major version may change what the function relies on. */
    private static String nextMajor(String version) {
        return "v" + (Integer.parseInt(version.substring(1, version.indexOf('.'))) + 1) + ".0.0";
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thePackageOfACloudActivatesExactlyTheComposedKinds(Cloud cloud) throws IOException {
        var policy =
                documents(Path.of("package", cloud.name(), "activation.yaml")).getFirst();
        var activated = policy.items("spec", "activate").stream()
                .map(item -> item.text().orElseThrow())
                .collect(toCollection(TreeSet::new));
        assertEquals(
                cloud.kinds().stream()
                        .map(kind -> kind.kind().toLowerCase(Locale.ROOT) + "s." + kind.group())
                        .collect(toCollection(TreeSet::new)),
                activated);
        var composed = composed(path -> path.toString().contains("/" + cloud.name())).stream()
                .filter(name -> name.endsWith(".upbound.io"))
                .collect(toCollection(TreeSet::new));
        assertEquals(activated, composed);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theEndToEndRunFetchesTheComposedKindsInTheVersionsThatFactsWereReadIn(Cloud cloud) throws IOException {
        var workflow = Files.readString(Path.of(".github/workflows/e2e.yml"));
        var files = "/" + cloud.packages().getFirst().version() + "/package/crds/";
        assertEquals(
                List.of(),
                cloud.kinds().stream()
                        .map(kind -> files + kind.group() + "_" + kind.kind().toLowerCase(Locale.ROOT) + "s.yaml\n")
                        .filter(file -> !workflow.contains(file))
                        .toList());
    }

    @Test
    void theExamplesOfThePackageAreEnvironments() throws Exception {
        assemble();
        assertEquals(Set.of("Environment"), Set.copyOf(kinds(to.resolve("examples"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--repository localhost:5000/x",
                "--repository r.example.org/Upper",
                "--repository r.example.org/x/",
                "--version 1.2.3",
                "--version v1.2",
                "--version",
                "--source git.example.org/acme/function-environment",
                "--nonsuch"
            })
    void invalidArgumentsAreReportedAndNothingIsWritten(String arguments) throws Exception {
        var command = new ArrayList<>(List.of("package/assemble", "--to", to.toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor());
        assertTrue(output.contains(command.get(3)), output);
        assertTrue(kinds(to).isEmpty());
    }

    @Test
    void theCommittedCompositionCallsTheFunctionByItsNameWithoutAPackage() throws IOException {
        var committed =
                documents(Path.of("package/configuration/composition.yaml")).getFirst();
        var name = text(committed.items("spec", "pipeline").getFirst(), "functionRef", "name");
        assertEquals(text(documents(Path.of("crossplane.yaml")).getFirst(), "metadata", "name"), name);
        assertNotEquals(name, label("xpkg.crossplane.io/function-environment/function-environment"));
    }

    private void assemble(String... arguments) throws Exception {
        assemble(List.of(arguments));
    }

    private void assemble(List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("package/assemble", "--to", to.toString()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
    }

    private Json meta(String name) throws IOException {
        var found = new ArrayList<Json>();
        for (var file : yaml(to.resolve(name))) {
            documents(file).stream()
                    .filter(document -> text(document, "apiVersion").equals(META))
                    .forEach(found::add);
        }
        assertEquals(1, found.size());
        return found.getFirst();
    }

    private List<String> dependencies() {
        return dependencies("configuration");
    }

    private List<String> dependencies(String configuration) {
        try {
            return meta(configuration).items("spec", "dependsOn").stream()
                    .map(one -> text(one, "kind") + " " + text(one, "package") + " " + text(one, "version"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> kinds(Path folder) throws IOException {
        var kinds = new ArrayList<String>();
        for (var file : yaml(folder)) {
            documents(file).forEach(document -> kinds.add(text(document, "kind")));
        }
        kinds.sort(Comparator.naturalOrder());
        return kinds;
    }

    /** The YAML files below a folder, none of which is a symbolic link, which the build would not follow. */
    private static List<Path> yaml(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .peek(file -> assertTrue(Files.isRegularFile(file) && !Files.isSymbolicLink(file), file::toString))
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList();
        }
    }

    private static List<Json> documents(Path file) throws IOException {
        return Yaml.documents(Files.readString(file));
    }

    /** The kinds of managed resources in the responses of examples, by the names of their definitions. */
    private static Set<String> composed(Predicate<Path> examples) throws IOException {
        var composed = new TreeSet<String>();
        try (var files = Files.walk(Path.of("examples"))) {
            for (var file : files.filter(path -> path.endsWith("response.yaml"))
                    .filter(examples)
                    .toList()) {
                documents(file).getFirst().object("resources").fields().values().stream()
                        .map(resource -> resource.object("resource"))
                        .filter(PackagesTest::managed)
                        .forEach(resource -> composed.add(definition(resource)));
            }
        }
        return composed;
    }

    private static boolean managed(Json resource) {
        return text(resource, "apiVersion").contains(".m.")
                && !text(resource, "kind").equals("ProviderConfig");
    }

    private static String definition(Json resource) {
        return text(resource, "kind").toLowerCase(Locale.ROOT) + "s."
                + text(resource, "apiVersion").replaceFirst("/.*", "");
    }

    private static String label(String image) {
        var path = image.substring(image.indexOf('/') + 1);
        var label = new StringBuilder();
        for (var i = 0; i < Math.min(path.length(), 63); i++) {
            var letter = path.charAt(i);
            if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) {
                label.append(letter);
            } else if ("./:-".indexOf(letter) >= 0) {
                label.append('-');
            }
        }
        return label.toString().replaceAll("^-+|-+$", "");
    }

    private static String text(Json tree, String... path) {
        return tree.text(path).orElseThrow(() -> new AssertionError("no text at " + String.join(".", path)));
    }
}
