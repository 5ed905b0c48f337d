-- name: scans
-- How often this session has read an index.
-- cross-tenant: touches no table
SELECT pg_stat_get_xact_numscans(:index::text::regclass);

-- name: search_by_rows
-- What `find_leads` looks for, asked of the table itself, where row level security has its say.
SELECT count(*) FROM leads AS l
WHERE l.tenant_id = :tenant_id
    AND lead_terms(l.tenant_id, l.full_name, l.company, l.email, l.phone, l.need, l.custom, l.also) @@ :words::text::tsquery;
