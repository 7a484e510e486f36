"""A Git server inside an Environment's cluster, which its team installs with manifests. The image of Argo CD has git and Perl."""
import base64

from scenarios.commands import kubectl

NAMESPACE = "git"
ADDRESS = f"http://git.{NAMESPACE}.svc:8080"
PUBLIC, PRIVATE = f"{ADDRESS}/team.git", f"{ADDRESS}/private/team.git"
USER, PASSWORD = "deploy", "comma,and{brace"  # which set would misread
FOLDER = "app"
SERVER = r"""
use strict;
use warnings;
use File::Temp;
use IO::Socket::INET;

# Serves the repositories below GIT_PROJECT_ROOT by smart HTTP; those in /private/ only to the user of BASIC.
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 16, ReuseAddr => 1) or die "cannot listen: $!";
$SIG{CHLD} = 'IGNORE';
while (1) {
    my $client = $server->accept or next;
    next if fork;
    $SIG{CHLD} = 'DEFAULT';
    my ($method, $target) = split ' ', scalar <$client>;
    my %header;
    while (defined(my $line = <$client>)) {
        $line =~ s/\r?\n$//;
        last if $line eq '';
        my ($name, $value) = split /:\s*/, $line, 2;
        $header{lc $name} = $value;
    }
    my ($path, $query) = split /\?/, $target, 2;
    if ($path =~ m{^/private/} && ($header{authorization} // '') ne "Basic $ENV{BASIC}") {
        print $client "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"git\"\r\nContent-Length: 0\r\n"
            . "Connection: close\r\n\r\n";
        exit;
    }
    my $body = File::Temp->new;
    my $content = '';
    read $client, $content, $header{'content-length'} if $header{'content-length'};
    print $body $content;
    $body->flush;
    @ENV{qw(REQUEST_METHOD PATH_INFO QUERY_STRING CONTENT_TYPE CONTENT_LENGTH HTTP_CONTENT_ENCODING GIT_PROTOCOL)} = (
        $method, $path, $query // '', $header{'content-type'} // '', $header{'content-length'} // '',
        $header{'content-encoding'} // '', $header{'git-protocol'} // '');
    $ENV{GIT_HTTP_EXPORT_ALL} = 1;
    my $answer = do { local $/; open my $run, '-|', "git http-backend < $body" or die $!; <$run> };
    my ($head, $rest) = split /\r\n\r\n/, $answer, 2;
    my $status = $head =~ s/^Status: (.*?)\r?\n//m ? $1 : '200 OK';
    print $client "HTTP/1.1 $status\r\nConnection: close\r\nContent-Length: ", length $rest, "\r\n$head\r\n\r\n$rest";
    exit;
}
"""
# One work tree, from which both repositories get every commit.
BEGIN = f"""
set -e
export HOME=/repositories
git config --global user.name team; git config --global user.email team@example.com; git config --global init.defaultBranch main
git config --global safe.directory '*'
git init -q --bare /repositories/team.git
mkdir /repositories/private; git init -q --bare /repositories/private/team.git
git init -q /repositories/work; mkdir /repositories/work/{FOLDER}
exec perl /server/server.pl
"""


def manifests(image):
    """The manifests of the server, for spec.manifests."""
    labels = {"app": "git"}
    metadata = {"name": "git", "namespace": NAMESPACE}
    container = {
        "name": "git", "image": image, "command": ["/bin/sh", "-c", BEGIN],
        "env": [{"name": "GIT_PROJECT_ROOT", "value": "/repositories"},
                {"name": "BASIC", "value": base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}],
        "readinessProbe": {"tcpSocket": {"port": 8080}, "periodSeconds": 1},
        "volumeMounts": [{"name": "server", "mountPath": "/server"}, {"name": "repositories", "mountPath": "/repositories"}]}
    return [
        {"name": "git-namespace", "manifest": {
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}}},
        {"name": "git-program", "manifest": {
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"server.pl": SERVER}}},
        {"name": "git-service", "manifest": {
            "apiVersion": "v1", "kind": "Service", "metadata": metadata,
            "spec": {"selector": labels, "ports": [{"port": 8080}]}}},
        {"name": "git", "dependsOn": ["git-program"],
         "readyWhen": "has(object.status.readyReplicas) && object.status.readyReplicas > 0",
         "manifest": {
             "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
             "spec": {"replicas": 1, "selector": {"matchLabels": labels}, "template": {
                 "metadata": {"labels": labels},
                 "spec": {"terminationGracePeriodSeconds": 0, "containers": [container],
                          "volumes": [{"name": "server", "configMap": {"name": "git"}},
                                      {"name": "repositories", "emptyDir": {}}]}}}}}]


def commit(cluster, **files):
    """Commits these contents of files, named without their ending, to both repositories. Returns the revision."""
    lines = ["set -e", "export HOME=/repositories", f"cd /repositories/work/{FOLDER}", "rm -f *.yaml"]
    for name, content in files.items():
        encoded = base64.b64encode(content.encode()).decode()
        lines.append(f"echo {encoded} | base64 -d > {name}.yaml")
    lines += ["git add --all .", "git commit -q --message change", "for to in team.git private/team.git; do",
              "git push -q /repositories/$to HEAD:main; done", "git rev-parse HEAD"]
    return kubectl(*cluster.flags, "exec", "--namespace", NAMESPACE, "deployment/git", "--", "/bin/sh", "-c",
                   "\n".join(lines)).stdout.strip()
