"""The WSGI application: `gunicorn app:app`, or `python app.py` for Flask's own server."""

from nnlab.settings import settings_or_exit
from nnlab.web import create_app
from nnlab.web.http.serve import serve

app = create_app(settings_or_exit())

if __name__ == "__main__":
    serve(app)
