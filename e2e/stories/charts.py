"""A chart repository in the cluster, which can be taken away, with a little chart that fails in the ways that stories need."""
import base64
import io
import json
import tarfile
import time

from stories.walk import apply, eventually, get, items, kubectl, patch

NAMESPACE = "e2e-charts"
REPOSITORY = f"http://charts.{NAMESPACE}.svc"
RUN = int(time.time())
# provider-helm keeps each version of a chart that it once pulled; so each walk has versions of its own.
FIRST, SECOND, LATE, BARE = (f"{major}.0.{RUN}" for major in (1, 2, 3, 4))
FILES = {
    "Chart.yaml": "apiVersion: v2\nname: parts\nversion: VERSION\n",
    "values.yaml": "message: hello\nbroken: false\nslow: 0\nlingers: 0\npods: 0\n",
    "values.schema.json": json.dumps({"type": "object", "properties": {"message": {"type": "string"}}}),
    "templates/map.yaml": """
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {message: {{ .Values.message | quote }}, version: {{ .Chart.Version | quote }}}
""",
    # The API server refuses it, after Helm has noted that it began.
    "templates/broken.yaml": """
{{- if .Values.broken }}
apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {ports: [{port: 99999}]}
{{- end }}
""",
    "templates/slow.yaml": """
{{- if .Values.slow }}
apiVersion: batch/v1
kind: Job
metadata:
  name: "{{ .Release.Name }}"
  annotations: {helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded"}
spec:
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers: [{name: slow, image: "docker.io/library/busybox:1", command: [/bin/busybox, sleep, "{{ .Values.slow }}"]}]
{{- end }}
""",
    "templates/lingers.yaml": """
{{- if .Values.lingers }}
apiVersion: batch/v1
kind: Job
metadata:
  name: "{{ .Release.Name }}-lingers"
  annotations: {helm.sh/hook: pre-delete, helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded"}
spec:
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers: [{name: lingers, image: "docker.io/library/busybox:1", command: [/bin/busybox, sleep, "{{ .Values.lingers }}"]}]
{{- end }}
""",
    "templates/pods.yaml": """
{{- if .Values.pods }}
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{ .Release.Name }}"}
spec:
  replicas: {{ .Values.pods }}
  selector: {matchLabels: {app: "{{ .Release.Name }}"}}
  template:
    metadata: {labels: {app: "{{ .Release.Name }}"}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: idle, image: "docker.io/library/busybox:1", command: [/bin/busybox, sleep, "100000"]}]
{{- end }}
"""}


def archive(version, files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, text in files.items():
            content = text.replace("VERSION", version).encode()
            entry = tarfile.TarInfo(f"parts/{name}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return base64.b64encode(out.getvalue()).decode()


def serve():
    """Starts it, and waits for it."""
    bare = {name: text for name, text in FILES.items() if name in ("Chart.yaml", "values.yaml", "templates/map.yaml")}
    archives = {version: archive(version, bare if version == BARE else FILES) for version in (FIRST, SECOND, LATE, BARE)}
    index = {"apiVersion": "v1", "entries": {"parts": [
        {"apiVersion": "v2", "name": "parts", "version": version, "urls": [f"parts-{version}.tgz"]} for version in archives]}}
    labels = {"app": "charts"}
    apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}},
          {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "charts", "namespace": NAMESPACE},
           "data": {"index.yaml": json.dumps(index)},
           "binaryData": {f"parts-{version}.tgz": content for version, content in archives.items()}},
          {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "charts", "namespace": NAMESPACE},
           "spec": {"selector": labels, "ports": [{"port": 80, "targetPort": 8080}]}},
          {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "charts", "namespace": NAMESPACE},
           "spec": {"replicas": 1, "selector": {"matchLabels": labels}, "template": {
               "metadata": {"labels": labels, "annotations": {"e2e/run": str(RUN)}},
               "spec": {"terminationGracePeriodSeconds": 1, "volumes": [{"name": "charts", "configMap": {"name": "charts"}}],
                        "containers": [{"name": "httpd", "image": "docker.io/library/busybox:1",
                                        "command": ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/charts"],
                                        "readinessProbe": {"httpGet": {"path": "/index.yaml", "port": 8080}},
                                        "volumeMounts": [{"name": "charts", "mountPath": "/charts"}]}]}}}})
    kubectl("rollout", "status", "deployment/charts", "--namespace", NAMESPACE, "--timeout=120s")


def serving(replicas):
    """Takes it away with 0, and brings it back with 1."""
    patch("deployment", "charts", {"spec": {"replicas": replicas}}, NAMESPACE)
    eventually(f"{replicas} chart repositories serve", 60, lambda: get("deployment", "charts", NAMESPACE)["status"].get(
        "readyReplicas", 0) == replicas == len(items("pods", NAMESPACE)))  # one that is not ready may serve to its end


def parts(name="parts", **values):
    """The chart as an app."""
    return {"name": name, "catalog": "parts"} | ({"values": values} if values else {})
