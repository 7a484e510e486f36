package io.functionenvironment.plan;

import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.Json;
import io.functionenvironment.plan.Kubectl.Place;
import io.functionenvironment.simulation.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads from a cluster what a plan needs, and nothing else: it gets and lists, and reads no Secret. */
public record ClusterReader(Kubectl kubectl) implements LookUp {
    private static final String CORE = "apiextensions.crossplane.io";
    /** Types of which something may exist that an Environment no longer refers to. */
    private static final List<Ref> INSIDE = List.of(
            new Ref("helm.m.crossplane.io/v1beta1", "Release", "", ""),
            new Ref("kubernetes.m.crossplane.io/v1alpha1", "Object", "", ""));

    /** One Environment, or none if it does not exist, by its type as kubectl takes it. */
    public List<Json.Obj> environment(String type, String namespace, String name) {
        KubectlWord.NAME.check("metadata.name", name);
        return kubectl.get(type, Place.in(namespace), List.of(name));
    }

    /** One Environment, likewise, by an object with its kind, namespace and name. */
    public List<Json.Obj> environment(Json.Obj like) {
        var ref = Ref.of(like);
        return environment(Kubectl.type(ref), ref.namespace(), ref.name());
    }

    /** All Environments of a type. */
    public List<Json.Obj> environments(String type) {
        return kubectl.get(type, Place.EVERYWHERE, List.of());
    }

    /** Environments with everything that their plans need. */
    public ObservedState around(List<Json.Obj> environments) {
        var read = new ArrayList<>(environments);
        for (var ref : environments.isEmpty() ? List.<Ref>of() : types(environments)) {
            read.addAll(kubectl.get(Kubectl.type(ref), where(environments), List.of()));
        }
        read.addAll(compositions(environments));
        var state = ObservedState.of(read);
        for (var name : configs(environments, state)) {
            read.addAll(kubectl.get("environmentconfigs." + CORE, Place.CLUSTER, List.of(name)));
        }
        return ObservedState.of(read);
    }

    /** Kinds of the core group, such as Secret and ConfigMap, have no values for apps. */
    @Override
    public List<Json.Obj> read(Ref kind, List<String> names) {
        if (!kind.apiVersion().contains("/")) {
            throw new UnreadableState("the kind is " + kind.kind() + "; values come only from composite resources");
        }
        return kubectl.get(
                Kubectl.type(kind), kind.namespace().isEmpty() ? Place.CLUSTER : Place.in(kind.namespace()), names);
    }

    private static List<Ref> types(List<Json.Obj> environments) {
        var referred = environments.stream()
                .flatMap(environment -> Stream.concat(
                        Ref.composed(environment).stream(),
                        environment.items("status", "removing").stream().map(Ref::of)));
        return Stream.concat(INSIDE.stream(), referred)
                .map(ref -> new Ref(ref.apiVersion(), ref.kind(), "", ""))
                .filter(ref -> !ref.kind().isEmpty() && !ref.kind().equals("Secret"))
                .distinct()
                .toList();
    }

    private static Place where(List<Json.Obj> environments) {
        var namespaces = new TreeSet<String>();
        environments.forEach(environment -> namespaces.add(Ref.of(environment).namespace()));
        return namespaces.size() == 1 ? Place.in(namespaces.getFirst()) : Place.EVERYWHERE;
    }

    /** The revisions that Crossplane uses, and the Compositions where there are none. */
    private List<Json.Obj> compositions(List<Json.Obj> environments) {
        var found = new ArrayList<Json.Obj>();
        for (var revision : references(environments, "compositionRevisionRef")) {
            found.addAll(kubectl.get("compositionrevisions." + CORE, Place.CLUSTER, List.of(revision)));
        }
        for (var composition : references(environments, "compositionRef")) {
            found.addAll(kubectl.get("compositions." + CORE, Place.CLUSTER, List.of(composition)));
        }
        return found;
    }

    private static TreeSet<String> references(List<Json.Obj> environments, String field) {
        var names = new TreeSet<String>();
        environments.forEach(environment -> environment
                .text("spec", "crossplane", field, "name")
                .ifPresent(name -> names.add(KubectlWord.NAME.check("spec.crossplane." + field + ".name", name))));
        return names;
    }

    private static TreeSet<String> configs(List<Json.Obj> environments, ObservedState state) {
        var names = new TreeSet<String>();
        environments.forEach(environment -> names.add(
                FunctionStep.of(FunctionStep.composition(environment, state)).config()));
        if (environments.isEmpty()) {
            names.add(SettingsDocument.CONFIG);
        }
        return names;
    }
}
