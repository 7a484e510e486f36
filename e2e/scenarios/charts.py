"""A chart repository in the cluster that can be stopped, with a small chart that fails in the ways that scenarios need."""
import base64
import io
import json
import tarfile
from contextlib import contextmanager

from scenarios import run_state
from scenarios.commands import apply, get, items, kubectl, patch
from scenarios.expect import eventually

NAMESPACE = "e2e-charts"
REPOSITORY = f"http://charts.{NAMESPACE}.svc"
RUN = run_state.number()
# provider-helm keeps each version of a chart that it has pulled, so each run has versions of its own.
FIRST, SECOND, LATE, BARE = (f"{major}.0.{RUN}" for major in (1, 2, 3, 4))
SPELLED = f"v5.0.{RUN}"  # Helm finds it as 5.0.RUN, too
# The index gives the file of the chart hostile the name that provider-helm gives to the file of a chart pinned.
PINNED = f"pinned-{FIRST}.tgz"
FILES = {
    "Chart.yaml": "apiVersion: v2\nname: parts\nversion: VERSION\n",
    "values.yaml": "message: hello\nbroken: false\nslow: 0\nlingers: 0\npods: 0\nrequests: {}\nbalancer: false\nclusterwide: false\n",
    "values.schema.json": json.dumps({"type": "object", "properties": {"message": {"type": "string"}}}),
    "templates/map.yaml": """
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {message: {{ .Values.message | quote }}, version: {{ .Chart.Version | quote }}}
""",
    # The API server rejects it after Helm has recorded that the installation began.
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
      containers:
      - {name: idle, image: "docker.io/library/busybox:1", command: [/bin/busybox, sleep, "100000"],
         resources: {requests: {{ toJson .Values.requests }}}}
{{- end }}
""",
    "templates/clusterwide.yaml": """
{{- if .Values.clusterwide }}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "{{ .Release.Name }}"}
rules: []
{{- end }}
""",
    "templates/balancer.yaml": """
{{- if .Values.balancer }}
apiVersion: v1
kind: Service
metadata: {name: "{{ .Release.Name }}"}
spec: {type: LoadBalancer, selector: {app: "{{ .Release.Name }}"}, ports: [{port: 80}]}
{{- end }}
"""}


def archive(version, files, name="parts", message="hello"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for path, text in files.items():
            content = text.replace("VERSION", version).replace("name: parts", f"name: {name}").replace(
                "message: hello", f"message: {message}").encode()
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return base64.b64encode(out.getvalue()).decode()


def serve():
    """Starts the repository, and waits for it."""
    bare = {name: text for name, text in FILES.items() if name in ("Chart.yaml", "values.yaml", "templates/map.yaml")}
    archives = {version: archive(version, bare if version == BARE else FILES) for version in (FIRST, SECOND, LATE, BARE, SPELLED)}
    index = {"apiVersion": "v1", "entries": {"parts": [
        {"apiVersion": "v2", "name": "parts", "version": version, "urls": [f"parts-{version}.tgz"]} for version in archives],
        "hostile": [{"apiVersion": "v2", "name": "hostile", "version": FIRST, "urls": [PINNED]}]}}
    apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    serve_files("charts", {"index.yaml": json.dumps(index)}, {f"parts-{version}.tgz": content for version, content in
                archives.items()} | {PINNED: archive(FIRST, FILES, "hostile", "hostile")})


def serve_files(name, texts, archives, *flags):
    """Starts a web server with these files, and waits for it."""
    metadata, labels = {"name": name, "namespace": NAMESPACE}, {"app": name}
    container = {"name": "httpd", "image": "docker.io/library/busybox:1",
                 "command": ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/files", *flags],
                 "readinessProbe": {"tcpSocket": {"port": 8080}}, "volumeMounts": [{"name": "files", "mountPath": "/files"}]}
    apply({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": texts, "binaryData": archives},
          {"apiVersion": "v1", "kind": "Service", "metadata": metadata,
           "spec": {"selector": labels, "ports": [{"port": 80, "targetPort": 8080}]}},
          {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
           "spec": {"replicas": 1, "selector": {"matchLabels": labels}, "template": {
               "metadata": {"labels": labels, "annotations": {"e2e/run": str(RUN)}},
               "spec": {"terminationGracePeriodSeconds": 1, "volumes": [{"name": "files", "configMap": {"name": name}}],
                        "containers": [container]}}}})
    kubectl("rollout", "status", f"deployment/{name}", "--namespace", NAMESPACE, "--timeout=120s")


@contextmanager
def stopped():
    """Stops the repository, and starts it again at the end."""
    try:
        scale(0)
        yield
    finally:
        scale(1)


def scale(replicas):
    patch("deployment", "charts", {"spec": {"replicas": replicas}}, NAMESPACE)
    # A pod that is not ready may serve until its end.
    eventually(f"{replicas} chart repositories serve", 60, lambda: get("deployment", "charts", NAMESPACE)["status"].get(
        "readyReplicas", 0) == replicas == len(items("pods", NAMESPACE, "--selector", "app=charts")))


def parts(name="parts", **values):
    """An app with this chart."""
    return {"name": name, "catalog": "parts"} | ({"values": values} if values else {})
