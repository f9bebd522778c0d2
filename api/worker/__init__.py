"""The worker: opens follow-ups when a run is published, and sends what somebody is to be told.

It runs beside the server, once or several times; see NOTICES.md.
"""
