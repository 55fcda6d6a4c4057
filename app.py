"""The WSGI application: `gunicorn app:app`, or `python app.py` for Flask's own server."""

import sys

from nnlab.errors import InvalidInput
from nnlab.settings import settings_or_exit
from nnlab.web import create_app
from nnlab.web.http.serve import serve

try:
    app = create_app(settings_or_exit())
except InvalidInput as error:
    sys.exit(f"NNLab does not start: {error.detail} See docs/operating.md.")

if __name__ == "__main__":
    serve(app)
