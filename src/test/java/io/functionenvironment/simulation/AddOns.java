package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an Environment may request beside its cluster. */
final class AddOns {
    static final Json.Obj PODINFO = obj("name", "podinfo");
    private static final Json.Obj USER = obj("name", "user", "catalog", "podinfo", "dependsOn", arr("podinfo"));
    private static final Json.Obj MANIFEST = obj(
            "name",
            "config",
            "dependsOn",
            arr("podinfo"),
            "manifest",
            obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", "config", "namespace", "podinfo")));
    static final Json.Obj APPS = obj("apps", arr(PODINFO, USER), "manifests", arr(MANIFEST));

    static final Json.Obj SEVERAL =
            obj("apps", arr(PODINFO, app("b"), app("c"), app("d"), app("e")), "manifests", arr(MANIFEST));

    /** By what it is called. */
    static final Map<String, Json.Obj> ALL = all();

    private AddOns() {}

    private static Json.Obj app(String name) {
        return obj("name", name, "catalog", "podinfo");
    }

    private static Map<String, Json.Obj> all() {
        var all = new LinkedHashMap<String, Json.Obj>();
        all.put("nothing", obj("apps", arr()));
        all.put("apps and manifests", APPS);
        all.put(
                "Argo CD",
                obj(
                        "apps",
                        arr(PODINFO),
                        "argocd",
                        obj("enabled", true, "repoURL", "https://git.example.com/team/app.git", "path", "deploy")));
        all.put("Knative", obj("apps", arr(PODINFO), "knative", obj("enabled", true)));
        return all;
    }
}
