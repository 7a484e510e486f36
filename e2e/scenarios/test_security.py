"""The admission policies in package/team and package/host. Who attacks has the rights of a team, or administers a cluster that is
an Environment's."""
import json
from contextlib import contextmanager

from scenarios import gateway, names, test_first_environment
from scenarios.charts import parts
from scenarios.commands import CROSSPLANE, HOME, TEAM, apply, get, items, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.shared import B, DEV
from scenarios.team import Member
from scenarios.virtual_cluster import VirtualCluster

CLAIMS = Environment("claims")
RESTRICTED = Environment("restricted")
BREAK_GLASS = ["--as-group", "environment-break-glass"]
SOMEBODYS = "10.244.77.7"  # an address in the network of pods
REFUSED = "ValidatingAdmissionPolicy 'environments-"
SERVICE_NAME = "kubernetes.io/service-name"
POD_SECURITY = "pod-security.kubernetes.io/enforce"
ISSUER = "cert-manager.io/cluster-issuer"


@contextmanager
def installed(file, **replaced):
    """A file with policies that are not installed otherwise."""
    text = (HOME / file).read_text()
    for old, new in replaced.items():
        assert old in text, f"{file} has no {old}"
        text = text.replace(old, new)
    kubectl("apply", "--filename", "-", given=text)
    try:
        yield
    finally:
        kubectl("delete", "--filename", "-", "--ignore-not-found", given=text)


@contextmanager
def listed(policy, variable, content):
    """A policy that is installed, with another expression for one of its variables."""
    variables = get("validatingadmissionpolicy", policy)["spec"]["variables"]
    place = [one["name"] for one in variables].index(variable)

    def write(expression):
        change = [{"op": "replace", "path": f"/spec/variables/{place}/expression", "value": expression}]
        kubectl("patch", "validatingadmissionpolicy", policy, "--type=json", "--patch", json.dumps(change))

    write(content)
    try:
        yield
    finally:
        write(variables[place]["expression"])


def is_refused(policy, *command, given=None):
    """Whether a policy refuses what is otherwise allowed. A new policy holds after a moment."""
    answer = kubectl(*command, may_fail=True, given=json.dumps(given) if given else None)
    return bool(answer.returncode) and f"ValidatingAdmissionPolicy '{policy}'" in answer.stderr


def assert_refused(policy, *command, given=None):
    eventually(f"{policy} refuses {' '.join(command[:3])}", 15, lambda: is_refused(policy, *command, given=given))


@after(test_first_environment.test_ready)
def test_composition_protected():
    """A team cannot change what its Environment is composed of; Crossplane can, and so can the break-glass group."""
    member = Member("composer").bind("environment-edit")  # refused by package/team/environment-protection.yaml
    forged = json.dumps({"spec": {"crossplane": {"resourceRefs": []}}})
    pinned = json.dumps({"spec": {"crossplane": {"compositionUpdatePolicy": "Manual"}}})
    changes = ("patch", names.ENVIRONMENTS, DEV.name, "--namespace", TEAM, "--type=merge", "--dry-run=server")
    for change in (forged, pinned, '{"spec": {"crossplane": null}}'):
        assert_refused("environments-keep-composition", *changes, "--patch", change, *member.flags)
        member_and_group = [*member.flags, *BREAK_GLASS]
        assert not kubectl(*changes, "--patch", change, *member_and_group, may_fail=True).returncode
    looser = Environment("looser").body(crossplane={"compositionRef": {"name": "looser"}})
    assert_refused("environments-keep-composition", "create", "--filename", "-", "--dry-run=server", *member.flags, given=looser)
    member.assert_can("patch", "environment", DEV.name, "--type=merge", "--patch", '{"spec": {"size": "medium"}}')


@after(test_composition_protected)
def test_no_orphans():
    """A team cannot delete an Environment in a way that leaves its cluster behind."""
    member = Member("orphaner").bind("environment-edit")
    deletion = ("delete", names.ENVIRONMENTS, DEV.name, "--namespace", TEAM, "--dry-run=server", *member.flags)
    assert_refused("environments-leave-no-orphans", *deletion, "--cascade=orphan")
    assert_refused("environments-leave-no-orphans", "patch", names.ENVIRONMENTS, DEV.name, "--namespace", TEAM, "--type=merge",
                   "--dry-run=server", "--patch", '{"metadata": {"finalizers": ["orphan"]}}', *member.flags)
    assert member.can_delete(DEV)


@after(test_first_environment.test_ready)
def test_kubeconfigs_of_others():
    """The garbage collector may write metadata of a kubeconfig, and other programs any Secret in a namespace that they have."""
    collector = ("--as", "system:serviceaccount:kube-system:generic-garbage-collector")
    change = ("patch", "secret", DEV.secret, "--namespace", TEAM, "--type=merge", "--dry-run=server", *collector, "--patch")
    assert not kubectl(*change, '{"metadata": {"labels": {"a": "b"}}}', may_fail=True).returncode
    assert_refused("environments-own-kubeconfigs", *change, '{"stringData": {"kubeconfig": "forged"}}')
    # package/team/kubeconfig-protection.yaml
    namespace, label = f"{TEAM}-others", f"{names.PREFIX}/no-environments"
    apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace, "labels": {label: ""}}})
    try:
        secret = ("create", "secret", "generic", "theirs-aaaaaaaaaaaaaaaa-kubeconfig", "--dry-run=server", "--namespace")
        eventually("their Secret is allowed", 15, lambda: not kubectl(*secret, namespace, may_fail=True).returncode)
        assert_refused("environments-own-kubeconfigs", *secret, TEAM)
        assert_refused("environments-need-protected-kubeconfigs", "create", "--filename", "-", "--dry-run=server",
                       given=Environment("late", namespace).body())
    finally:
        kubectl("delete", "namespace", namespace, "--wait=false")


@after(test_first_environment.test_ready)
def test_nothing_of_others_claimed():
    """The administrator of an Environment's cluster cannot claim addresses, names, nodes or volumes of others in the host."""
    CLAIMS.request().wait_ready(120)
    with VirtualCluster(CLAIMS) as cluster:
        for one in (service("plain"), claim("plain")):
            kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(one))
        refused = [one["metadata"]["name"] for one in claims()]
        # What package/host/host-protection.yaml refuses is reported where it was requested: at once for a Service, which vcluster
        # creates in the host cluster first, and by an event for everything else.
        for name, one in zip(refused, claims()):
            answer = kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(one), may_fail=True)
            if answer.returncode:
                assert REFUSED in answer.stderr, answer.stderr
            else:
                assert_told(cluster, name)
        eventually("what claims nothing is there", 60, lambda: len([
            name for name in on_host() if name.startswith("plain-x-default")]) == 2, on_host)
        stays("nothing else of it is in the host cluster", 10, lambda: not [
            name for name in on_host() if name.split("-x-")[0] in refused])
        note(f"{len(refused)} claims refused")


@after(test_nothing_of_others_claimed)
def test_nothing_claimed_later():
    """What a policy refuses for a new object is refused for one that exists, too."""
    tolerate = json.dumps([{"op": "add", "path": "/spec/tolerations/-", "value": {"operator": "Exists"}}])
    changes = {"opened": ("label", "--overwrite", "app=vcluster-snapshot"), "looser": ("label", "--overwrite", "app=loft"),
               "tolerant": ("patch", "--type=json", "--patch", tolerate)}
    with VirtualCluster(CLAIMS) as cluster:
        for name in changes:
            kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(pod(name)))
        eventually("they are in the host cluster", 60, lambda: {*changes} <= {name.split("-x-")[0] for name in on_host()}, on_host)
        before = {name: synced(name) for name in changes}
        for name, (verb, *words) in changes.items():
            kubectl(*cluster.flags, verb, "pod", name, "--namespace", "default", *words)
            # Of errors that follow one another, an event has only the first: a conflict, if the node has just changed the pod.
            eventually(f"{name} is refused", 90, lambda: any(words in told(cluster, name) for words in (REFUSED, "been modified")),
                       lambda: told(cluster, name))
            stays(f"{name} is the same in the host cluster", 5, lambda: synced(name) == before[name])


def synced(name):
    """The labels of a pod of the Environment, and its tolerations, in the host cluster."""
    found = next(one for one in items("pods", CLAIMS.host) if one["metadata"]["name"].startswith(f"{name}-x-"))
    return found["metadata"]["labels"], found["spec"]["tolerations"]


@after(test_nothing_claimed_later)
def test_only_kubernetes_binds_volumes():
    """Nobody but the controller manager names the volume of a claim that exists, whatever their rights are."""
    waiting = claim("waiting", storageClassName="e2e-none")
    kubectl("create", "--namespace", CLAIMS.host, "--filename", "-",
            given=json.dumps(waiting | {"metadata": {"name": "waiting"}}))
    change = ("patch", "persistentvolumeclaim", "waiting", "--namespace", CLAIMS.host, "--dry-run=server", "--type=merge",
              "--patch", '{"spec": {"volumeName": "somebodys"}}', "--as-group", "system:masters", "--as")
    for user in ("somebody", f"system:serviceaccount:{CROSSPLANE}:provider-helm", "system:serviceaccount:kube-system:default"):
        assert_refused("environments-claim-no-volumes", *change, user)
    for user in ("system:kube-controller-manager", "system:serviceaccount:kube-system:persistent-volume-binder"):
        assert not kubectl(*change, user, may_fail=True).returncode


@after(test_only_kubernetes_binds_volumes)
def test_own_endpoints():
    """With the optional policy, a Service of an Environment leads nowhere but to the pods that it selects."""
    with installed("package/host/endpoints.yaml"), VirtualCluster(CLAIMS) as cluster:
        syncer = f"system:serviceaccount:{CLAIMS.host}:vc-{CLAIMS.cluster}"
        probe = endpoints("probe") | {"metadata": {"name": "probe", "namespace": CLAIMS.host}}
        assert_refused("environments-claim-no-endpoints", "create", "--filename", "-", "--dry-run=server", "--as", syncer, given=probe)
        for one in (service("deputy", selector=None), endpoints("deputy")):
            kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(one))
        assert_told(cluster, "deputy")
        stays("the address is not in the host namespace", 5, lambda: SOMEBODYS not in kubectl(
            "get", "endpoints,endpointslices.discovery.k8s.io", "--namespace", CLAIMS.host, "--output", "json").stdout)


@after(test_own_endpoints)
def test_control_plane_stays():
    """
    An EndpointSlice that an Environment's cluster has for a Service of its own never becomes one for that of the control plane, also
    when its label changes. Such slices for its own Services are passed on.
    """
    control_plane = [CLAIMS.cluster, f"{CLAIMS.cluster}-headless", f"{CLAIMS.cluster}-etcd", f"{CLAIMS.cluster}-etcd-headless"]
    create, account = into(CLAIMS.host), syncer(CLAIMS.host, CLAIMS.cluster)
    for name in control_plane:
        assert_refused("environments-keep-control-planes", *create, *account, given=in_no_namespace(slice_of(name)))
        assert_refused("environments-keep-control-planes", *create, *account, given=in_no_namespace(endpoints(name)))
    for one in (slice_of("any-x-default-x-" + CLAIMS.cluster), endpoints("any-x-default-x-" + CLAIMS.cluster)):
        assert_allowed(*create, *account, given=in_no_namespace(one))
    controller = account_of("kube-system", "endpointslice-controller")
    assert_allowed(*create, *controller, given=in_no_namespace(slice_of(CLAIMS.cluster)))
    with VirtualCluster(CLAIMS) as cluster:
        for name in ("decoy", CLAIMS.cluster):
            kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(service(name, selector=None)))
        kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(slice_of("decoy")))
        eventually("its slice is in the host cluster", 60, lambda: SOMEBODYS in json.dumps(slices(f"decoy-x-default-x-{CLAIMS.cluster}")))
        kubectl(*cluster.flags, "label", "endpointslice", "decoy", "--namespace", "default", "--overwrite",
                f"{SERVICE_NAME}={CLAIMS.cluster}")
        stays("the control plane has no endpoint of others", 15, lambda: SOMEBODYS not in json.dumps(slices(CLAIMS.cluster)))
        assert_told(cluster, "decoy")


def slice_of(name):
    """The addresses behind a Service of this name, as somebody writes them who is no controller."""
    return {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": {"name": name, "namespace": "default", "labels": {SERVICE_NAME: name}},
            "endpoints": [{"addresses": [SOMEBODYS]}], "ports": [{"name": "https", "port": 8443}]}


def slices(name):
    """Those of a Service in the host namespace."""
    return items("endpointslices.discovery.k8s.io", CLAIMS.host, "--selector", f"{SERVICE_NAME}={name}")


@after(test_control_plane_stays)
def test_passed_on():
    """
    Finalizers, service accounts and priority classes stay out of the host cluster, ephemeral volumes count, and pods get no host
    network.
    """
    scratch = {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": claim("any")["spec"]}}}
    with VirtualCluster(CLAIMS) as cluster:
        for one in (service("kept", finalizers=["example.org/kept"]), pod("important", priorityClassName="system-cluster-critical"),
                    pod("roomy", volumes=[scratch])):
            kubectl(*cluster.flags, "apply", "--filename", "-", given=json.dumps(one))
        eventually("they are in the host cluster", 60, lambda: {"kept", "important", "roomy", "roomy-scratch"} <= {
            name.split("-x-")[0] for name in on_host()}, on_host)
        assert not [one for one in items("services", CLAIMS.host) if "example.org/kept" in one["metadata"].get("finalizers", [])]
        synced = [one["spec"] for one in items("pods", CLAIMS.host) if "-x-" in one["metadata"]["name"]]
        assert {one["serviceAccountName"] for one in synced} == {f"vc-workload-{CLAIMS.cluster}"}
        assert not [one for one in synced if one.get("priorityClassName")]
        own, host = pod("network", hostNetwork=True), pod("network", hostNetwork=True)
        host["metadata"]["namespace"] = CLAIMS.host
        for flags, one in ((cluster.flags, own), ([], host)):
            answer = kubectl(*flags, "create", "--filename", "-", "--dry-run=server", given=json.dumps(one), may_fail=True)
            assert "violates PodSecurity" in answer.stderr, answer.stderr
    CLAIMS.delete()


def service(name, annotations=None, finalizers=(), **spec):
    return {"apiVersion": "v1", "kind": "Service", "spec": {"ports": [{"port": 80}], "selector": {"app": name}} | spec,
            "metadata": {"name": name, "namespace": "default", "annotations": annotations or {}, "finalizers": list(finalizers)}}


def pod(name, labels=None, **spec):
    container = {"name": "main", "image": "registry.invalid/none", "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "default", "labels": labels or {}},
            "spec": {"containers": [container]} | spec}


def endpoints(name):
    return {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": name, "namespace": "default"},
            "subsets": [{"addresses": [{"ip": SOMEBODYS}], "ports": [{"port": 8080}]}]}


def claim(name, **spec):
    return {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": name, "namespace": "default"},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}} | spec}


def claims():
    return [service("addresses", externalIPs=["192.0.2.7"]),
            service("dns", {"external-dns.alpha.kubernetes.io/hostname": "www.example.org"}),
            service("azure", {"service.beta.kubernetes.io/azure-load-balancer-ipv4": "192.0.2.7"}),
            service("aws", {"service.beta.kubernetes.io/aws-load-balancer-eip-allocations": "eipalloc-1"}),
            service("gke", {"networking.gke.io/load-balancer-ip-addresses": "somebodys"}),
            pod("node", nodeName="somewhere"),
            pod("everywhere", tolerations=[{"operator": "Exists"}]),
            pod("control-plane", tolerations=[{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]),
            pod("snapshot", {"app": "vcluster-snapshot"}),
            pod("loft", {"app": "loft"}),
            pod("slow", terminationGracePeriodSeconds=315360000),
            pod("disk", volumes=[{"name": "disk", "nfs": {"server": "192.0.2.7", "path": "/"}}]),
            pod("identity", {"aadpodidbinding": "somebodys"}),
            claim("volume", volumeName="somebodys"),
            claim("volumes", selector={"matchLabels": {"of": "somebody"}})]


def assert_told(cluster, name):
    eventually(f"{name} is refused", 90, lambda: REFUSED in told(cluster, name), lambda: told(cluster, name))


def told(cluster, name):
    """What the events about an object in an Environment's cluster say."""
    found = json.loads(kubectl(*cluster.flags, "get", "events", "--namespace", "default", "--output", "json").stdout)["items"]
    return " ".join(event["message"] for event in found if event["involvedObject"]["name"] == name)


def on_host():
    return [one["metadata"]["name"] for one in items("services,pods,persistentvolumeclaims", CLAIMS.host)]


@after(test_first_environment.test_ready)
def test_pods_end_in_time():
    """Pods of Environments, and deletions of them, with a grace period of years are refused; other deletions are allowed."""
    years, longest = 315360000, 1800
    assert_refused("environments-end-in-time", *dry_run(), given=pod_on_host(terminationGracePeriodSeconds=years))
    assert_allowed(*dry_run(), given=pod_on_host(terminationGracePeriodSeconds=longest))
    delete = ("delete", "pod", f"{DEV.cluster}-0", "--namespace", DEV.host, "--dry-run=server")
    assert_refused("environments-end-in-time", *delete, f"--grace-period={years}")
    for period in ((), ("--grace-period=0", "--force"), ("--now",), (f"--grace-period={longest}",)):
        assert_allowed(*delete, *period)
    assert_allowed("delete", "pods", "--all", "--namespace", DEV.host, "--dry-run=server")


@after(test_first_environment.test_ready)
def test_own_volumes():
    """A pod of an Environment mounts no disk and no file server that it names itself."""
    sources = [{"serviceAccountToken": {"path": "token"}}, {"configMap": {"name": "any"}}, {"secret": {"name": "any"}},
               {"downwardAPI": {"items": [{"path": "name", "fieldRef": {"fieldPath": "metadata.name"}}]}}]
    own = [{"configMap": {"name": "any"}}, {"secret": {"secretName": "any"}}, {"emptyDir": {}}, {"downwardAPI": {}},
           {"projected": {"sources": sources}},
           {"persistentVolumeClaim": {"claimName": "any"}}, {"ephemeral": {"volumeClaimTemplate": {"spec": claim("any")["spec"]}}}]
    assert_allowed(*dry_run(), given=pod_on_host(serviceAccountName="default", volumes=named(own)))
    disk = {"targetPortal": "192.0.2.7", "iqn": "iqn.2001-04.org.example:any", "lun": 0}
    for one in ({"nfs": {"server": "192.0.2.7", "path": "/"}}, {"iscsi": disk},
                {"csi": {"driver": "file.csi.example.org"}}, {"awsElasticBlockStore": {"volumeID": "somebodys"}},
                {"gcePersistentDisk": {"pdName": "somebodys"}}, {"azureDisk": {"diskName": "any", "diskURI": "https://somebodys"}},
                {"rbd": {"monitors": ["192.0.2.7"], "image": "somebodys"}}, {"cephfs": {"monitors": ["192.0.2.7"]}}):
        assert_refused("environments-mount-own-volumes", *dry_run(), given=pod_on_host(volumes=named([one])))
    # Without validation, kubectl also sends it to an API server that does not know the field.
    signed = {"podCertificate": {"signerName": "example.org/any", "keyType": "ED25519", "credentialBundlePath": "bundle.pem"}}
    assert_refused("environments-mount-own-volumes", *dry_run(), "--validate=false",
                   given=pod_on_host(volumes=named([{"projected": {"sources": [*sources, signed]}}])))


def named(volumes):
    return [{"name": f"volume-{number}"} | one for number, one in enumerate(volumes)]


@after(test_first_environment.test_ready)
def test_no_devices():
    """A pod of an Environment takes no devices of nodes, and no huge pages."""
    assert_allowed(*dry_run(), given=pod_on_host(resources={"cpu": "1m", "memory": "2Mi", "ephemeral-storage": "1Gi"}))
    for resource, amount in {"nvidia.com/gpu": "8", "hugepages-2Mi": "2Mi"}.items():
        main = pod_on_host(resources={resource: amount, "cpu": "1m", "memory": "2Mi"})
        start = pod_on_host()
        start["spec"]["initContainers"] = [main["spec"]["containers"][0] | {"name": "start"}]
        for one in (main, start):
            assert_refused("environments-take-no-devices", *dry_run(), given=one)
    # Earlier API servers drop the field.
    if "resourceclaims" in kubectl("api-resources", "--api-group=resource.k8s.io", "--output=name").stdout:
        claimed = pod_on_host(resourceClaims=[{"name": "gpu", "resourceClaimTemplateName": "any"}])
        assert_refused("environments-take-no-devices", *dry_run(), given=claimed)


@after(test_first_environment.test_ready)
def test_no_identity():
    """Pods, claims and Services of an Environment have no annotations by which controllers give them what is for others."""
    plugin, cloud = "system:serviceaccount:kube-system:ovn", "system:cloud-controller-manager"
    policies = {"pod": "environments-claim-no-identity", "service": "environments-claim-no-addresses",
                "persistentvolumeclaim": "environments-claim-no-volumes"}
    for kind, annotation, controller in (
            ("pod", "k8s.v1.cni.cncf.io/networks", None), ("pod", "cni.projectcalico.org/ipAddrsNoIpam", None),
            ("pod", "iam.amazonaws.com/role", None), ("pod", "external-dns.alpha.kubernetes.io/hostname", None),
            ("pod", "ovn.kubernetes.io/ip_address", plugin), ("persistentvolumeclaim", "nfs.io/storage-path", None),
            ("service", "service.beta.kubernetes.io/linode-loadbalancer-nodebalancer-id", None),
            ("service", "dns.alpha.kubernetes.io/external", None), ("service", "projectcalico.org/loadBalancerIPs", None),
            ("service", "service.beta.kubernetes.io/aws-load-balancer-ssl-cert", None),
            ("service", "service.beta.kubernetes.io/aws-load-balancer-security-groups", None),
            ("service", "kubernetes.digitalocean.com/load-balancer-id", cloud)):
        assert_refused(policies[kind], *dry_run(), given=of_kind(kind, {annotation: "somebodys"}))
        change = ("annotate", kind, existing(kind), "--namespace", DEV.host, "--dry-run=server", f"{annotation}=somebodys")
        assert_refused(policies[kind], *change)
        if controller:
            assert_allowed(*change, "--as", controller, "--as-group", "system:masters")
    for kind in policies:
        assert_allowed(*dry_run(), given=of_kind(kind, {"vcluster.loft.sh/object-name": "any", "example.org/any": "any"}))
    assert_refused("environments-claim-no-identity", *dry_run(), given=pod_on_host(labels={"aadpodidbinding": "somebodys"}))


def of_kind(kind, annotations):
    one = {"pod": pod("any"), "service": service("any"), "persistentvolumeclaim": claim("any")}[kind]
    return one | {"metadata": {"name": "any", "annotations": annotations}}


def existing(kind):
    """What the control plane has of this kind in the host namespace."""
    return {"pod": f"{DEV.cluster}-0", "service": DEV.cluster, "persistentvolumeclaim": f"data-{DEV.cluster}-0"}[kind]


def dry_run():
    return "create", "--filename", "-", "--dry-run=server", "--namespace", DEV.host


def pod_on_host(labels=None, resources=None, **spec):
    """A pod as an Environment could have one in its host namespace."""
    one = pod("any", labels, **spec)
    one["metadata"]["namespace"] = DEV.host
    one["spec"]["containers"][0]["resources"]["limits"] = resources or {}
    return one


def assert_allowed(*command, given=None):
    answer = kubectl(*command, may_fail=True, given=json.dumps(given) if given else None)
    assert not answer.returncode, f"{' '.join(command)}: {answer.stderr}"


@after(test_first_environment.test_ready)
def test_names_by_annotation():
    """An Ingress of an Environment cannot claim names and addresses of others by annotations."""
    own = f"{DEV.name}.{TEAM}.example.org"
    create = ("create", "--filename", "-", "--dry-run=server", "--namespace", DEV.host)
    assert not kubectl(*create, given=json.dumps(ingress(own, {"example.org/other": "any"})), may_fail=True).returncode
    for annotation in ("external-dns.alpha.kubernetes.io/hostname", "kubernetes.io/ingress.global-static-ip-name",
                       "alb.ingress.kubernetes.io/group.name", "nginx.ingress.kubernetes.io/server-alias",
                       "dns.alpha.kubernetes.io/external", "alb.ingress.kubernetes.io/actions.any",
                       "alb.ingress.kubernetes.io/certificate-arn", "ingress.gcp.kubernetes.io/pre-shared-cert"):
        assert_refused("environments-claim-no-names", *create, given=ingress(own, {annotation: "www.example.org"}))


@after(test_first_environment.test_ready)
def test_certificates_by_annotation():
    """An Ingress of an Environment gets certificates of no issuer that the platform has not listed, and chooses nothing of them."""
    own, create = f"{DEV.name}.{TEAM}.example.org", into(DEV.host)
    for annotation in (ISSUER, "cert-manager.io/issuer", "cert-manager.io/common-name", "cert-manager.io/issuer-kind",
                       "acme.cert-manager.io/http01-edit-in-place"):
        assert_refused("environments-claim-no-names", *create, given=ingress(own, {annotation: "any"}))
    with listed("environments-claim-no-names", "issuers", "['public']"):
        eventually("the issuer that is listed is allowed", 15, lambda: not kubectl(
            *create, given=json.dumps(ingress(own, {ISSUER: "public"})), may_fail=True).returncode)
        for annotations in ({ISSUER: "internal"}, {ISSUER: "public", "cert-manager.io/common-name": "www.example.org"}):
            assert_refused("environments-claim-no-names", *create, given=ingress(own, annotations))


@after(test_first_environment.test_ready)
def test_exposed_control_plane():
    """
    Where the function has written the name of a control plane into a host namespace, the chart may claim this name and no other.
    What comes from the Environment may not, and neither may charts where that name is absent, as in an existing cluster.
    """
    annotation, own = "external-dns.alpha.kubernetes.io/hostname", "exposed.clusters.example.org"
    with host_namespace("exposed", {f"{names.PREFIX}/exposed-name": own}) as exposed, host_namespace("unexposed", {}) as unexposed:
        for policy, kind in {"environments-claim-no-addresses": service, "environments-claim-no-names": exposing_ingress}.items():
            one = kind("any", {annotation: own})
            eventually(f"Helm may claim {own}", 15, lambda: allows(exposed, one))  # pylint: disable=cell-var-from-loop
            for namespace, account, claimed in ((exposed, helm(), "www.example.org"), (exposed, helm(), f"{own},www.example.org"),
                                                (exposed, syncer(exposed), own), (unexposed, helm(), own)):
                assert_refused(policy, *into(namespace), *account, given=in_no_namespace(kind("any", {annotation: claimed})))
            assert_refused(policy, *into(exposed), *helm(), given=in_no_namespace(kind("any", {
                "external-dns.alpha.kubernetes.io/target": own})))
        with installed("package/host/ingress-hosts.yaml"):
            assert_refused("environments-claim-own-hosts", *into(unexposed), *helm(), given=ingress(own))
            assert_refused("environments-claim-own-hosts", *into(exposed), *syncer(exposed), given=ingress(own))
            assert allows(exposed, ingress(own))


@contextmanager
def host_namespace(name, annotations):
    """A namespace as the function makes one, with nothing in it."""
    namespace = f"{TEAM}-{name}"
    owner = {f"{names.PREFIX}/owner-name": name, f"{names.PREFIX}/owner-namespace": TEAM}
    apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {
        "name": namespace, "labels": {f"{names.PREFIX}/environment": "e2e"}, "annotations": owner | annotations}})
    try:
        yield namespace
    finally:
        kubectl("delete", "namespace", namespace, "--wait=false")


def into(namespace):
    return "create", "--filename", "-", "--dry-run=server", "--namespace", namespace


def account_of(namespace, name):
    """A service account, with all rights, so that only a policy can refuse what it does."""
    return "--as", f"system:serviceaccount:{namespace}:{name}", "--as-group", "system:masters"


def helm():
    return account_of(CROSSPLANE, "provider-helm")


def syncer(namespace, cluster="any"):
    return account_of(namespace, f"vc-{cluster}")


def allows(namespace, one):
    answer = kubectl(*into(namespace), *helm(), may_fail=True, given=json.dumps(in_no_namespace(one)))
    return not answer.returncode


def in_no_namespace(one):
    return one | {"metadata": {key: value for key, value in one["metadata"].items() if key != "namespace"}}


def exposing_ingress(_, annotations):
    return ingress("any.example.org", annotations)


@after(test_first_environment.test_ready)
def test_own_hosts():
    """With the optional policy, an Ingress of an Environment can only have host names of that Environment, and a class for it."""
    own = f"{DEV.name}.{TEAM}.example.org"
    with installed("package/host/ingress-hosts.yaml"):
        create = ("create", "--filename", "-", "--dry-run=server", "--namespace", DEV.host)
        for host in ("www.example.org", f"x{own}", ""):
            assert_refused("environments-claim-own-hosts", *create, given=ingress(host))
        assert_refused("environments-claim-own-hosts", *create, given=ingress(own, tls=[{"hosts": ["www.example.org"]}]))
        for one in (ingress(own, ingressClassName="internal"),
                    ingress(own, {"kubernetes.io/ingress.class": "internal"}, ingressClassName=None)):
            assert_refused("environments-claim-own-hosts", *create, given=one)
        certified = [{"hosts": [own], "secretName": "any"}]
        for one in (ingress(own), ingress(f"www.{own}"), ingress(own, tls=certified)):
            assert_allowed(*create, given=one)
    with installed("package/host/ingress-hosts.yaml", **{'expression: "true"': 'expression: "false"'}):
        assert_refused("environments-claim-own-hosts", *create, given=ingress(own, tls=certified))
        assert_allowed(*create, given=ingress(own, tls=[{"hosts": [own]}]))


def ingress(host, annotations=None, **spec):
    path = {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "any", "port": {"number": 80}}}}
    rule = {"http": {"paths": [path]}} | ({"host": host} if host else {})
    return {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "any", "annotations": annotations or {}},
            "spec": {"rules": [rule], "ingressClassName": "nginx"} | spec}


@after(test_first_environment.test_ready)
@needs("GATEWAY_CRDS")
def test_own_routes():
    """
    With the optional policies, a route of an Environment can only have host names of that Environment, and a Gateway for it, and an
    Environment has no Gateway of its own.
    """
    own = f"{DEV.name}.{TEAM}.example.org"
    with gateway.kinds(), installed("package/host/gateway-hosts.yaml"):
        create = ("create", "--filename", "-", "--dry-run=server", "--namespace", DEV.host)
        for one in (route("www.example.org"), route(f"x{own}"), route(), route(own, "www.example.org"),
                    route(own, parent={"namespace": "gateways", "name": "internal"}), route(own, parent={"name": "public"}),
                    route(own, parent={"namespace": "gateways", "name": "public", "kind": "ListenerSet"}),
                    route(own, annotations={"external-dns.alpha.kubernetes.io/hostname": "www.example.org"})):
            assert_refused("environments-route-own-hosts", *create, given=one)
        for one in (route(own), route(f"www.{own}", own)):
            answer = kubectl(*create, given=json.dumps(one), may_fail=True)
            assert not answer.returncode, answer.stderr
        listener = {"name": "http", "protocol": "HTTP", "port": 80}
        assert_refused("environments-claim-no-listeners", *create, given={
            "apiVersion": gateway.API, "kind": "Gateway", "metadata": {"name": "any"},
            "spec": {"gatewayClassName": "any", "listeners": [listener]}})


def route(*hosts, parent=None, annotations=None):
    spec = {"parentRefs": [parent or {"namespace": "gateways", "name": "public"}],
            "rules": [{"backendRefs": [{"name": "any", "port": 80}]}]}
    return {"apiVersion": gateway.API, "kind": "HTTPRoute", "metadata": {"name": "any", "annotations": annotations or {}},
            "spec": spec | ({"hostnames": list(hosts)} if hosts else {})}


@after(test_first_environment.test_ready)
@needs("PROVIDERS")
def test_providers_restricted():
    """With the optional policy, the providers change nothing outside of host namespaces, and Environments come and go as before."""
    with installed("package/host/provider-restriction.yaml"):
        helm, kubernetes = (("--as", f"system:serviceaccount:{CROSSPLANE}:{name}") for name in names.PROVIDERS)
        # (The policy exempts dry runs, by which provider-kubernetes compares. So the first of these is harmless.)
        assert_refused("environments-keep-providers", "label", "namespace", TEAM, "--overwrite", "e2e=forbidden", *kubernetes)
        for command in (("create", "serviceaccount", "e2e-forbidden", "--namespace", TEAM, *helm),
                        ("create", "secret", "generic", "e2e-forbidden", "--namespace", CROSSPLANE, *helm),
                        ("create", "namespace", "e2e-forbidden", *kubernetes),
                        ("label", "namespace", DEV.host, "--overwrite", f"{POD_SECURITY}=privileged", *kubernetes),
                        ("label", "namespace", DEV.host, f"{POD_SECURITY}-", *kubernetes),
                        ("label", "namespace", DEV.host, f"{names.ENVIRONMENT_LABEL}-", *kubernetes)):
            assert is_refused("environments-keep-providers", *command), command
        privileged = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": f"{TEAM}-privileged", "labels": {
            names.ENVIRONMENT_LABEL: "e2e", POD_SECURITY: "privileged"}}}
        assert is_refused("environments-keep-providers", "create", "--filename", "-", *kubernetes, given=privileged)
        RESTRICTED.request(parts(message="restricted")).wait_ready(180, "parts")
        RESTRICTED.request(parts(message="changed"), size="medium").wait_ready(120, "parts")
        RESTRICTED.delete()


@after(test_first_environment.test_ready)
def test_namespace_protected():
    """A namespace with Environments cannot be deleted."""
    with installed("package/team/namespace-protection.yaml"):
        # Both policies refuse it, and the API server names one of them.
        policies = ("environments-keep-namespace", "environment-parts-keep-namespace")
        eventually("the deletion is refused", 15, lambda: any(
            is_refused(policy, "delete", "namespace", TEAM, "--dry-run=server") for policy in policies))


@after(test_first_environment.test_ready)
def test_quota():
    """A quota limits how many Environments a team may create."""
    member = Member("collector").bind("environment-edit", B)
    present = len(items(names.ENVIRONMENTS, B))
    text = {"namespace: team-a": f"namespace: {B}", '"5"': f'"{present}"'}
    with installed("package/team/quota.yaml", **text):
        one_more = Environment("one-more", B).body()
        eventually("one more is refused", 30, lambda: "exceeded quota" in member.try_out(
            "create", namespace=B, given=one_more).stderr)
    eventually("one more is allowed again", 30, lambda: member.can("create", namespace=B, given=one_more))
