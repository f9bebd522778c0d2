"""Who asks, proved: a token of an issuer that this installation knows, read anew for each request.

Read `tokens` first (what a token must be), then `issuers` (whose tokens, and which roles each may
give), `keys` (what they are signed with), and `admitting` (from headers to a viewer). `demo` is
an issuer for looking around, on the loopback interface and over a made-up world alone.
"""
