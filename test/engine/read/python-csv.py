"""Python's csv module on many tables at once: JSON on stdin, JSON on stdout.

{"write": [{"rows", "dialect"}]} gives the texts, {"read": [{"text", "dialect"}]} the rows that there are in them.
"""
import csv
import io
import json
import sys

QUOTING = {'minimal': csv.QUOTE_MINIMAL, 'all': csv.QUOTE_ALL, 'none': csv.QUOTE_NONE}
csv.field_size_limit(1 << 30)


def options(dialect):
    return {
        'delimiter': dialect['delimiter'], 'quotechar': dialect['quote'], 'doublequote': not dialect['backslash'],
        'escapechar': '\\' if dialect['backslash'] else None, 'quoting': QUOTING[dialect['quoting']], 'lineterminator': dialect['newline'],
    }


def write(rows, dialect):
    out = io.StringIO(newline='')
    csv.writer(out, **options(dialect)).writerows(rows)
    return out.getvalue()


def read(text, dialect):
    return [row for row in csv.reader(io.StringIO(text, newline=''), **options(dialect)) if row]


job = json.load(sys.stdin)
json.dump({
    'texts': [write(case['rows'], case['dialect']) for case in job.get('write', [])],
    'tables': [read(case['text'], case['dialect']) for case in job.get('read', [])],
}, sys.stdout)
