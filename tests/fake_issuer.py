"""An issuer of the outside world, in a thread: it signs in whoever a test says it does.

Discovery, authorisation, tokens signed with RS256, keys and profile, as OpenID Connect
asks for them. `token`, `profile` and `key` are what a test bends.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "the-site", "between us"


def make_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeIssuer:
    """Somebody else's sign-in. `claims` is whoever is signed in there."""

    def __init__(self, key):
        self.key = self.signing_key = key
        self.claims = {}
        self.token = {}
        self.profile = {}
        self.settings = {}
        self.asked = []
        self.codes = {}
        self.with_token = True
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), make_handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,)).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def sign_in(self, email, key="key-of-them", verified=True):
        """Have somebody signed in here from now on."""
        self.claims = {"sub": key, "email": email, "email_verified": verified}

    def describe(self, _):
        return 200, {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/profile",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.settings,
        }

    def authorise(self, asked):
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return 302, f"{asked['redirect_uri']}?{back}"

    def give_token(self, asked):
        begun = self.codes.pop(asked["code"], None)
        if begun is None or not self.proves(asked, begun):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        told |= self.claims | self.token
        told = {name: value for name, value in told.items() if value is not None}
        signed = jwt.encode(told, self.signing_key, "RS256", headers={"kid": "1"})
        answer = {"access_token": "t", "token_type": "Bearer"}
        return 200, answer | ({"id_token": signed} if self.with_token else {})

    def proves(self, asked, begun):
        """Is this the site, and the browser, that began?"""
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return (asked.get("client_id"), asked.get("client_secret")) == (
            CLIENT,
            SECRET,
        ) and challenge == begun.get("code_challenge")

    def show_profile(self, _):
        return 200, self.claims | self.profile

    def show_keys(self, _):
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, {"keys": [key | {"kid": "1", "alg": "RS256", "use": "sig"}]}


def make_handler(issuer):
    """Give the class that answers for an issuer."""
    answers = {
        "/.well-known/openid-configuration": issuer.describe,
        "/authorize": issuer.authorise,
        "/token": issuer.give_token,
        "/profile": issuer.show_profile,
        "/keys": issuer.show_keys,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(urlsplit(self.path).query)

        def do_POST(self):
            self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def answer(self, query):
            path = urlsplit(self.path).path
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            issuer.asked.append((path, asked))
            status, told = answers[path](asked)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", told)
            else:
                self.send_header("Content-Type", "application/json")
            self.end_headers()
            if status != 302:
                self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_):
            """Say nothing on the terminal."""

    return Handler
