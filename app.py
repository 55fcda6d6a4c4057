"""The WSGI application: `gunicorn app:app`, or `python app.py` for Flask's own server."""

from nnlab.web import create_app
from nnlab.web.http.serve import serve

app = create_app()

if __name__ == "__main__":
    serve(app)
