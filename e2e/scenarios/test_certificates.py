"""Certificates and their authority are replaced while the function is called."""
from scenarios import test_first_environment
from scenarios.calls import Calls
from scenarios.commands import CROSSPLANE, annotate, run
from scenarios.environment import PODINFO
from scenarios.expect import eventually, repaired_by
from scenarios.marks import after, needs
from scenarios.packages import function, function_pods, metric, replace_function_pods, restart_crossplane, restarts
from scenarios.shared import DEV
from scenarios.tls_secrets import AUTHORITY, CLIENT, read_secret, write_secret


@after(test_first_environment.test_ready)
@needs("openssl")
def test_certificates_replaced(tmp_path):
    """Certificates and their authority are replaced while calls are in flight, and no call fails."""
    server, name = f"{function()}-tls-server", f"{function()}.{CROSSPLANE}"
    pods = function_pods()
    former = {each: read_secret(each) for each in (AUTHORITY, CLIENT, server)}
    old, client = former[AUTHORITY], former[CLIENT]
    with Calls(tmp_path, name, pods) as calls, repaired_by(lambda: restore(former)):
        new = make_authority(tmp_path)
        calls.use_certificates(client | {"ca.crt": old["tls.crt"] + new["tls.crt"]})
        calls.start()
        stranger = issue(tmp_path, make_authority(tmp_path), f"DNS:crossplane.{CROSSPLANE}", "clientAuth")
        assert calls.are_refused(stranger | {"ca.crt": old["tls.crt"]}), "a stranger is not refused"

        # First everybody trusts both authorities, then uses certificates of the new one, then no longer trusts the old one.
        both = {"ca.crt": old["tls.crt"] + new["tls.crt"]}
        replace(calls, pods, server, both)
        replace_in_crossplane(both, 1)
        replace(calls, pods, server, issue(tmp_path, new, f"DNS:{function()},DNS:{name},DNS:{name}.svc", "serverAuth"))
        write_secret(AUTHORITY, new)
        renewed = issue(tmp_path, new, f"DNS:crossplane.{CROSSPLANE}", "clientAuth")
        replace_in_crossplane(renewed, 2)
        calls.use_certificates(renewed | {"ca.crt": new["tls.crt"]})
        replace(calls, pods, server, {"ca.crt": new["tls.crt"]})
        replace_in_crossplane({"ca.crt": new["tls.crt"]}, 3)

        answered, _, connections = calls.counts()
        assert answered > 1000 and connections > 100, "there were not calls and connections all the time"
        failed = calls.end()
        assert not failed, calls.errors()
        assert calls.are_refused(client | {"ca.crt": new["tls.crt"]}), "a certificate of the old authority is not refused"
    assert restarts(function_pods()) == restarts(pods), "pods were replaced or restarted"
    DEV.request_apps(PODINFO).wait_ready(60)


def restore(secrets):
    """Restores the former certificates. New pods read them at once, others when the kubelet has brought them."""
    for name, data in secrets.items():
        write_secret(name, data)
    replace_function_pods()
    restart_crossplane()
    DEV.request_apps(PODINFO).wait_ready(150)


def replace(calls, pods, name, data):
    """Writes the function's Secret, and waits until each pod has read it and uses it."""
    before = [metric(pod, "certwatcher_read_certificate_total") for pod in pods]
    write_secret(name, data)
    for pod in pods:  # the kubelet looks at a pod that changes at once, at others within a minute or two
        annotate("pod", pod["metadata"]["name"], CROSSPLANE)
    eventually("the function has read them", 150, lambda: all(
        metric(pod, "certwatcher_read_certificate_total") > count for pod, count in zip(pods, before)))
    connections = calls.counts()[2]
    eventually("new connections use them", 60, lambda: calls.counts()[2] > connections + 10, calls.errors)


def replace_in_crossplane(data, number):
    """Crossplane reads its certificates when it starts. Afterwards it has to reach the function."""
    write_secret(CLIENT, data)
    restart_crossplane()
    DEV.request_apps(PODINFO, {"name": f"nonsuch-{number}"})
    eventually("Crossplane calls the function", 90,
               lambda: f"nonsuch-{number}" in DEV.apps() and DEV.condition("Synced")[0] == "True")


def make_authority(work):
    """
    Like Crossplane's: every authority and every certificate has the same subject. The key has to be PKCS#1, or Crossplane does
    not start.
    """
    run("openssl", "genrsa", "-traditional", "-out", work / "authority.key", "2048")
    run("openssl", "req", "-x509", "-key", work / "authority.key", "-days", "3000", "-subj", "/O=Crossplane/CN=Crossplane",
        "-out", work / "authority.crt")
    return {"tls.crt": (work / "authority.crt").read_text(), "tls.key": (work / "authority.key").read_text()}


def issue(work, authority, subjects, usage):
    """A certificate, with its key in the format that Crossplane uses."""
    for file, text in (("by.crt", authority["tls.crt"]), ("by.key", authority["tls.key"]),
                       ("extensions", f"subjectAltName={subjects}\nextendedKeyUsage={usage}\nauthorityKeyIdentifier=none\n")):
        (work / file).write_text(text)
    run("openssl", "genrsa", "-traditional", "-out", work / "leaf.key", "2048")
    run("openssl", "req", "-new", "-key", work / "leaf.key", "-subj", "/O=Crossplane/CN=Crossplane", "-out", work / "leaf.csr")
    run("openssl", "x509", "-req", "-in", work / "leaf.csr", "-CA", work / "by.crt", "-CAkey", work / "by.key", "-days", "2000",
        "-set_serial", "2022", "-extfile", work / "extensions", "-out", work / "leaf.crt")
    return {"tls.crt": (work / "leaf.crt").read_text(), "tls.key": (work / "leaf.key").read_text()}
