"""Everything that two databases must have in common to be the same schema, as sorted lines of text."""

from core.database import DriverConnection

# Names and definitions from the catalog; the order of a table's columns is not part of a schema's meaning.
_QUERIES = {
    "column": """
        SELECT format('%s.%s.%s %s %s default=%s identity=%s', n.nspname, c.relname, a.attname,
            format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE '' END,
            pg_get_expr(d.adbin, d.adrelid), a.attidentity)
        FROM pg_attribute AS a
        JOIN pg_class AS c ON c.oid = a.attrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE n.nspname IN ('public', 'jobs') AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
    """,
    "constraint": """
        SELECT format('%s %s %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
        FROM pg_constraint AS c
        JOIN pg_namespace AS n ON n.oid = c.connamespace
        WHERE n.nspname IN ('public', 'jobs') AND c.contype <> 'n'
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'jobs')",
    "policy": """
        SELECT format('%s.%s %s %s %s %s', schemaname, tablename, policyname, cmd, qual, with_check) FROM pg_policies
    """,
    "security": """
        SELECT format('%s rls=%s force=%s owner=%s acl=%s', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity,
            pg_get_userbyid(c.relowner), (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(c.relacl) AS x))
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'jobs') AND c.relkind IN ('r', 'p', 'v', 'S')
    """,
    "function": """
        SELECT format('%s %s acl=%s', p.oid::regprocedure, md5(pg_get_functiondef(p.oid)),
            (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(p.proacl) AS x))
        FROM pg_proc AS p
        JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('public', 'jobs') AND p.prokind = 'f'
            AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    "trigger": """
        SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t WHERE NOT t.tgisinternal
    """,
    "type": """
        SELECT format('%s %s', e.enumtypid::regtype, e.enumlabel) FROM pg_enum AS e
    """,
}


async def schema_of(connection: DriverConnection) -> list[str]:
    """The schema's lines, sorted."""
    lines: list[str] = []
    for kind, query in _QUERIES.items():
        lines += [f"{kind}: {record[0]}" for record in await connection.fetch(query)]
    return sorted(lines)
