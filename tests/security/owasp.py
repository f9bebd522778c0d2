"""The points of OWASP's two cheat sheets, in their order and nearly in their words (CC BY-SA 4.0)."""

POINTS: dict[str, tuple[str, ...]] = {
    "graphql": (
        # Input validation
        "Use specific GraphQL data types: scalars, enums, custom validators",
        "Define schemas for mutations input",
        "List allowed characters, don't use a denylist",
        "Use a single internal character encoding",
        "Gracefully reject invalid input, without revealing how validation works",
        # Injection
        "SQL and NoSQL injection: parameterized statements, used properly",
        "If such tools are not available, escape or encode",
        "OS command injection",
        "SSRF",
        "CRLF injection and request smuggling",
        "Process validation: no request to a host that the user supplies",
        # Denial of service
        "Add depth limiting",
        "Add amount limiting",
        "Add pagination",
        "Add reasonable timeouts",
        "Query cost analysis",
        "Rate limiting, per user and in the business logic",
        "Server-side batching and caching",
        "System resource management",
        # Access control
        "Always validate that the requester is authorized to view or modify the data",
        "Enforce authorization checks on both edges and nodes",
        "Use Interfaces and Unions to return more or fewer properties by permission",
        "Query and mutation resolvers can perform access control",
        "Disable introspection in production",
        "Disable GraphiQL in production",
        "General data access: an id is no permission, also through node and nodes",
        "Query access: different levels of access around fields",
        "Mutation access: restrict which consumers may modify",
        # Batching attacks
        "Add object request rate limiting in code",
        "Prevent batching for sensitive objects",
        "Limit the number of queries that can run at one time",
        # Secure configurations
        "Don't return excessive error messages",
        "Disable or restrict introspection and GraphiQL based on your needs",
        "No suggestions for mistyped fields",
    ),
    "rest": (
        # HTTPS
        "Only provide HTTPS endpoints",
        "Consider mutually authenticated client-side certificates",
        # Access control
        "Perform access control at each API endpoint",
        "Take the access control decision locally",
        "Centralise user authentication in an identity provider",
        # JWT
        "Integrity protected; no unsecured JWTs",
        "Prefer signatures over MACs",
        "Do not select the algorithm by the token's header",
        "Verify iss",
        "Verify aud",
        "Verify exp",
        "Verify nbf",
        "Deny tokens of sessions that were ended",
        # API keys
        "Require API keys for every request to the protected endpoint",
        "Return 429 if requests come in too quickly",
        "Revoke the key if the client violates the agreement",
        "Do not rely exclusively on API keys",
        # HTTP methods
        "Apply an allowlist of methods",
        "Reject others with 405",
        "Make sure the caller may use the method on the resource",
        # Out-of-order execution
        "Enforce workflow state on the server side",
        "Model workflows explicitly",
        "Bind tokens or identifiers to workflow stages",
        "Avoid relying on frontend logic",
        "Reject out-of-order transitions with clear errors",
        # Input validation
        "Do not trust input: length, range, format and type",
        "Use strong types",
        "Constrain string inputs with regexps",
        "Reject unexpected or illegal content",
        "Use validation libraries",
        "Define a request size limit, and answer 413",
        "Consider logging input validation failures",
        "Use a secure parser",
        # Content types
        "Document all supported content types",
        "Reject unexpected or missing content types of requests (415)",
        "For XML, harden the parser",
        "Define content types explicitly",
        "Do not copy Accept to Content-Type",
        "Reject an Accept without an allowable type (406)",
        "Guard against header injection where script is sent",
        "Send content types that match the body",
        # Management endpoints
        "Avoid exposing management endpoints via Internet",
        "If they must be, require strong authentication",
        "Expose them at other ports or hosts",
        "Restrict access by firewall or access control lists",
        # Errors
        "Respond with generic error messages",
        "Pass no technical details to the client",
        # Audit logs
        "Write audit logs before and after security related events",
        "Consider logging token validation errors",
        "Sanitise log data against log injection",
        # Security headers
        "Cache-Control: no-store",
        "Content-Security-Policy: frame-ancestors 'none'",
        "Content-Type",
        "Strict-Transport-Security",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "Content-Security-Policy: default-src 'none'",
        "Permissions-Policy",
        "Referrer-Policy: no-referrer",
        # CORS
        "Disable CORS headers if cross-domain calls are not expected",
        "Be as specific as possible about origins",
        # Sensitive information in requests
        "In POST and PUT: in the body or headers",
        "In GET: in a header",
        # Return codes
        "Use the semantically appropriate status code",
    ),
}
