"""What people do with the interface: make and revoke tokens."""

from fenhu.web.api.tokens import make_token, revoke_token

__all__ = ["make_token", "revoke_token"]
