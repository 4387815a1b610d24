"""A process that is killed with -9 before a durable step of its own choosing.

A step is a file or folder moved into its place, a file or folder taken away, or a
change of the database. `KILLED_AT` says which is the last; 0 lets all come.
"""

import os

STEPS = """
import os, shutil, signal
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
count, last = 0, int(os.environ['KILLED_AT'])
def step():
    global count
    count += 1
    if count == last:
        os.kill(os.getpid(), signal.SIGKILL)
def is_draft(path):
    return any(part.startswith('.') for part in str(path).split('/'))
def before(act, which):
    def acted(*words, **more):
        if not is_draft(words[which]):
            step()
        return act(*words, **more)
    return acted
os.replace, os.unlink = before(os.replace, 1), before(os.unlink, 0)
whole_tree = shutil.rmtree
def tree(path, *words, **more):
    global is_draft
    step()
    kept, is_draft = is_draft, lambda path: True
    try:
        whole_tree(path, *words, **more)
    finally:
        is_draft = kept
shutil.rmtree = tree
commit = BaseDatabaseWrapper._commit
def committed(self):
    step()
    return commit(self)
BaseDatabaseWrapper._commit = committed
def changing(execute, sql, params, many, context):
    if not sql.lstrip().upper().startswith(('SELECT', 'PRAGMA', 'SAVEPOINT')):
        step()
    return execute(sql, params, many, context)
connection.execute_wrappers.append(changing)
"""


def cuts(steps):
    """Return the steps to be killed at: four, spread over all; or each.

    PLEBISCITE_ALL_CUTS=1 asks for each; `make prove PART=faults` has such acts too.
    """
    if os.environ.get("PLEBISCITE_ALL_CUTS"):
        return range(1, steps + 1)
    return sorted({1, steps // 3, 2 * steps // 3, steps})
