"""GraphQL over WebSocket, as graphql-transport-ws.

The protocol is https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. `messages` reads
what a client sends, `socket` is the conversation, `endpoint` lets sockets in.
"""
