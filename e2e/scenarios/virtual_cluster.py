"""The virtual cluster of an Environment, reached with the credentials that its status names."""
import base64
import json
import socket
import subprocess
import tempfile

from scenarios.commands import get, kubectl


class VirtualCluster:
    def __init__(self, environment, service=None):
        """By default it has the Service of its own in the host cluster, a name and a namespace."""
        status = environment.status
        secret = get("secret", environment.secret, environment.namespace)
        self.file = tempfile.NamedTemporaryFile("w", suffix=".kubeconfig")
        self.file.write(base64.b64decode(secret["data"][status["kubeconfig"]["key"]]).decode())
        self.file.flush()
        name, host = environment.cluster, environment.host
        service, namespace = service or (name, host)
        self.forward, address = None, f"{get('service', service, namespace)['spec']['clusterIP']}:443"
        if not reaches(*address.split(":")):  # as from outside of the host cluster's network
            self.forward = subprocess.Popen(["kubectl", "port-forward", f"service/{service}", ":443", "--namespace", namespace],
                                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            address = self.forward.stdout.readline().split(" -> ")[0].removeprefix("Forwarding from ")
        self.flags = ["--kubeconfig", self.file.name, "--server", f"https://{address}",
                      "--tls-server-name", f"{name}.{host}.svc"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        if self.forward:
            self.forward.kill()
            self.forward.wait()

    def get(self, kind, name, namespace):
        return json.loads(kubectl(*self.flags, "get", kind, name, "--namespace", namespace, "--output", "json").stdout)

    def ready_replicas(self, app):
        """Of an app's Deployment, where release, namespace and Deployment have the name of the app."""
        return self.get("deployment", app, app)["status"].get("readyReplicas")

    def config_map(self, app):
        """The data of the ConfigMap of our own chart, see charts."""
        return self.get("configmap", app, app)["data"]

    def names(self, kinds, namespace):
        return kubectl(*self.flags, "get", kinds, "--namespace", namespace, "--output", "name",
                       "--ignore-not-found").stdout.split()


def assert_installed(environment, *apps):
    """Each of these apps, of our own chart, is installed by Helm in the virtual cluster."""
    with VirtualCluster(environment) as cluster:
        for app in apps:
            labels = cluster.get("configmap", app, app)["metadata"]["labels"]
            assert labels == {"app.kubernetes.io/managed-by": "Helm"}, f"labels of {app} in {environment}"


def reaches(host, port):
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
        return True
    except OSError:
        return False
