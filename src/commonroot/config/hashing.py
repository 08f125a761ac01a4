"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: OWASP's setting, quick enough for a morning."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
