"""What every Python peer has in common: it reads requests as JSON lines, prepares a workload, runs it and answers.

Imported by scripts that run in the benchmark's own environment, so it needs the standard library alone.
"""

import json
import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


def serve(prepare):
    """Answer requests. prepare(workload) gives an object with run(n) and loss(), or None where the peer has no way."""
    answers, jobs = sys.stdout, {}
    sys.stdout = sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "prepare":
            workload = request["workload"]
            job = prepare(workload)
            loss = None
            if job is not None and workload["kind"] == "train":
                job.run(workload["check_steps"])
                loss = job.loss()
                job = prepare(workload)
            jobs[workload["name"]] = job
            answer = {"able": job is not None, "loss": loss}
        else:
            job = jobs[request["name"]]
            start = time.perf_counter()
            job.run(request["n"])
            answer = {"seconds": (time.perf_counter() - start) * getattr(job, "scale", 1)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
