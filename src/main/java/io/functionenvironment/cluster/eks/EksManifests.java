package io.functionenvironment.cluster.eks;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster with Auto Mode lacks: a default storage class, and a node pool for apps. Amazon's own node pools have no limits and
 * cannot be changed; of these, only the one for the system is on, with which Amazon creates the node class {@code default}.
 */
final class EksManifests {
    private static final String STORAGE_CLASS = "default-storage-class";
    private static final String NODE_POOL = "default-node-pool";
    static final List<String> NAMES = List.of(STORAGE_CLASS, NODE_POOL);

    private EksManifests() {}

    static Map<String, Json.Obj> of(EksSize size) {
        var manifests = new LinkedHashMap<String, Json.Obj>();
        manifests.put(STORAGE_CLASS, storageClass());
        manifests.put(NODE_POOL, nodePool(size));
        return manifests;
    }

    private static Json.Obj storageClass() {
        return obj(
                field("apiVersion", "storage.k8s.io/v1"),
                field("kind", "StorageClass"),
                field(
                        "metadata",
                        obj(
                                field("name", "environment"),
                                field(
                                        "annotations",
                                        obj(field("storageclass.kubernetes.io/is-default-class", "true"))))),
                field("provisioner", "ebs.csi.eks.amazonaws.com"),
                field("parameters", obj(field("type", "gp3"), field("encrypted", "true"))),
                field("volumeBindingMode", "WaitForFirstConsumer"),
                field("allowVolumeExpansion", true));
    }

    private static Json.Obj nodePool(EksSize size) {
        var instances = size.instanceTypes().isEmpty()
                ? requirement("eks.amazonaws.com/instance-category", List.of("c", "m", "r"))
                : requirement("node.kubernetes.io/instance-type", size.instanceTypes());
        var template = obj(
                field(
                        "nodeClassRef",
                        obj(field("group", "eks.amazonaws.com"), field("kind", "NodeClass"), field("name", "default"))),
                field(
                        "requirements",
                        arr(
                                requirement("karpenter.sh/capacity-type", List.of(size.spot() ? "spot" : "on-demand")),
                                requirement("kubernetes.io/arch", List.of("amd64")),
                                instances)));
        return obj(
                field("apiVersion", "karpenter.sh/v1"),
                field("kind", "NodePool"),
                field("metadata", obj(field("name", "environment"))),
                field(
                        "spec",
                        obj(
                                field("template", obj(field("spec", template))),
                                field(
                                        "limits",
                                        obj(
                                                field("cpu", size.cpu().toString()),
                                                field("memory", size.memory().toString()))),
                                field(
                                        "disruption",
                                        obj(
                                                field("consolidationPolicy", "WhenEmptyOrUnderutilized"),
                                                field("consolidateAfter", "30s"))))));
    }

    private static Json.Obj requirement(String key, List<String> values) {
        return obj(field("key", key), field("operator", "In"), field("values", texts(values)));
    }
}
