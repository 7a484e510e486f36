"""An OpenID Connect issuer on this machine: the two documents that an API server reads of it, and tokens."""
import base64
import http.server
import json
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

from scenarios.commands import run

CLIENT = "environments"
# Those that the network policy of a control plane allows; 443 needs root.
PORTS = (8443, 443, 6443)


def encode(data):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


class Issuer:
    """Serves HTTPS at an address until it is closed. Its certificate is signed by an authority of its own, in self.authority."""

    def __init__(self, folder, address, ports=PORTS):
        self.key, certificate = Path(folder) / "token.key", Path(folder) / "server"
        run("openssl", "genrsa", "-out", self.key, "2048")
        modulus = run("openssl", "rsa", "-in", self.key, "-noout", "-modulus").stdout.strip().partition("=")[2]
        ca = Path(folder) / "ca"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=e2e issuer", "-days", "2",
            "-keyout", f"{ca}.key", "-out", f"{ca}.crt")
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={address}", "-days", "2",
            "-addext", f"subjectAltName=IP:{address}", "-addext", "basicConstraints=critical,CA:FALSE",
            "-CA", f"{ca}.crt", "-CAkey", f"{ca}.key", "-keyout", f"{certificate}.key", "-out", f"{certificate}.crt")
        self.authority = Path(f"{ca}.crt").read_text()
        self.server = listen(address, ports)
        self.url = f"https://{address}:{self.server.server_address[1]}"
        keys = [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "e2e", "e": "AQAB", "n": encode(bytes.fromhex(modulus))}]
        self.server.documents = {
            "/.well-known/openid-configuration": {
                "issuer": self.url, "jwks_uri": f"{self.url}/keys", "authorization_endpoint": f"{self.url}/sign-in",
                "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"]},
            "/keys": {"keys": keys}}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def token(self, user, *groups, audience=CLIENT, seconds=600):
        """An ID token, which the signature of its first two parts ends."""
        now = int(time.time())
        claims = {"iss": self.url, "aud": audience, "sub": user, "groups": groups, "iat": now, "exp": now + seconds}
        signed = f"{encode({'alg': 'RS256', 'typ': 'JWT', 'kid': 'e2e'})}.{encode(claims)}"
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=signed.encode(), check=True,
                                   capture_output=True).stdout
        return f"{signed}.{encode(signature)}"


class Documents(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # pylint: disable=invalid-name
        body = json.dumps(self.server.documents.get(self.path)).encode()
        self.send_response(200 if self.path in self.server.documents else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def listen(address, ports):
    for port in ports:
        try:
            return http.server.ThreadingHTTPServer((address, port), Documents)
        except OSError:
            continue
    raise AssertionError(f"this machine has none of the ports {ports} left at {address}")


def address_towards(host):
    """The address that this machine has for others that reach it from where a host is. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((host, 1))
        return probe.getsockname()[0]
