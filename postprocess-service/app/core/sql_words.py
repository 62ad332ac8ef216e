"""Words of SQL that stand for a name only in quotation marks."""

_WORDS = """
    all analyse analyze and any array as asc asymmetric authorization between binary both case cast check
    collate column concurrently constraint create cross current_date current_role current_time current_timestamp
    current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full
    grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
    localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
    references returning right select session_user similar some symmetric table tablesample then to trailing
    true union unique user using values variadic verbose when where window with date time timestamp interval
    index key rank row rows level comment
"""
SQL_WORDS = frozenset(_WORDS.split())
