"""How gunicorn serves NNLab; gunicorn reads this file by itself."""

import logging
import os
import sys

from gunicorn.arbiter import Arbiter

from nnlab.errors import Unavailable
from nnlab.settings import settings_or_exit

THREADS = 64  # for commands and pages; neither streams nor slow clients hold one
SPARE_CONNECTIONS = 4000  # besides streams: requests, and browsers that keep their connection for the next one

settings = settings_or_exit()

host = os.environ.get("HOST", "127.0.0.1").strip("[]")
if ":" in host:
    host = f"[{host}]"  # an IPv6 address
bind = f"{host}:{os.environ.get('PORT', '8000')}"
worker_class = "nnlab.web.http.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))  # more than one only with NNLAB_RAY, see below
threads = THREADS
worker_connections = settings.max_streams + SPARE_CONNECTIONS
forwarder_headers = ""  # a header SCRIPT_NAME is nobody's to send; the environment variable works
backlog = 1024
limit_request_line = 8190  # the most there is: the ids of 300 sessions in one stream's address
keepalive = 5
control_socket_disable = True  # all servers of a person would share it, and later workers be forked beside its thread
graceful_timeout = 10


def on_starting(server):
    """Several web processes need a fleet that is nobody's child."""
    if server.cfg.workers > 1 and not settings.ray:
        sys.exit(
            "NNLab does not start: several web processes (-w, WEB_CONCURRENCY) need a cluster, whose address is"
            " NNLAB_RAY; without one, leave it at one process. See docs/operating.md."
        )


def post_worker_init(worker):
    """Start the runners with the worker; streams say goodbye when it stops."""
    from nnlab.web import lifetime  # here: gunicorn's first process would keep this code over a reload

    logging.basicConfig(format="%(asctime)s web %(process)d %(levelname)s %(message)s")  # as runners write
    app = worker.wsgi
    app.extensions["nnlab.is_stopping"] = lambda: not worker.alive
    try:
        lifetime.begin(app.extensions)
    except Unavailable as error:
        print(f"NNLab does not start: {error.detail}", file=sys.stderr, flush=True)
        sys.exit(Arbiter.WORKER_BOOT_ERROR)  # which ends gunicorn, where any other end would start the next worker


def worker_exit(server, worker):
    """Streams are cut off, and every session comes to rest."""
    from nnlab.web import lifetime

    lifetime.end(worker.wsgi.extensions)
