/**
 * Words of SQLite that the statements use, for PostgreSQL: reading JSON that is kept as text, the larger of two numbers, and the like. Each is a function of SQL
 * that the planner sees through, or may keep in an index. Run at each start: what is there is replaced.
 */
export const TAUGHT = `
DO $$ BEGIN CREATE DOMAIN plain_text AS text COLLATE "C"; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE COLLATION IF NOT EXISTS nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

CREATE OR REPLACE FUNCTION json_part(doc text, path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN path LIKE '$.%' THEN doc::json #> string_to_array(substr(path, 3), '.') ELSE doc::json -> path END::text $$;
CREATE OR REPLACE FUNCTION json_part_text(doc text, path text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN path LIKE '$.%' THEN doc::json #>> string_to_array(substr(path, 3), '.') ELSE doc::json ->> path END $$;
CREATE OR REPLACE FUNCTION json_part_text(doc text, place integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT doc::json ->> place $$;

CREATE OR REPLACE FUNCTION json_each(doc text) RETURNS TABLE (key plain_text, value plain_text) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20 AS
  $$ SELECT (n - 1)::text, v FROM json_array_elements_text(CASE WHEN doc LIKE '[%' THEN doc::json END) WITH ORDINALITY AS e (v, n)
     UNION ALL SELECT e.key, e.value FROM json_each_text(CASE WHEN doc LIKE '{%' THEN doc::json END) AS e $$;
CREATE OR REPLACE FUNCTION json_each(doc text, path text) RETURNS TABLE (key plain_text, value plain_text) LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20 AS
  $$ SELECT e.key, e.value FROM json_each(json_part(doc, path)) AS e $$;

CREATE OR REPLACE FUNCTION max(one anycompatible, other anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN one IS NULL OR other IS NULL THEN NULL ELSE greatest(one, other) END $$;
CREATE OR REPLACE FUNCTION iif(yes boolean, one anycompatible, other anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE WHEN yes THEN one ELSE other END $$;
CREATE OR REPLACE FUNCTION instr(whole text, part text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT strpos(whole, part) $$;
CREATE OR REPLACE FUNCTION printf(form text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT CASE form WHEN '%02d' THEN CASE WHEN n < 10 THEN lpad(n::text, 2, '0') ELSE n::text END END $$;
CREATE OR REPLACE FUNCTION date(day text, sunday text, back text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE sunday || back WHEN 'weekday 0-6 days' THEN to_char(date_trunc('week', day::date::timestamp), 'YYYY-MM-DD') END $$;
CREATE OR REPLACE FUNCTION strftime(form text, day text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT CASE form WHEN '%w' THEN extract(dow FROM day::date)::text END $$;
CREATE OR REPLACE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT lower(regexp_replace(normalize(words, NFD), '[\\u0300-\\u036f]', '', 'g') COLLATE "und-x-icu") COLLATE "C" $$;
CREATE OR REPLACE FUNCTION numbers_as_json(list bigint[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT array_to_json(list)::text $$;
CREATE OR REPLACE FUNCTION words_as_json(list text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT array_to_json(list)::text $$;
CREATE OR REPLACE AGGREGATE json_group_array(bigint) (SFUNC = array_append, STYPE = bigint[], INITCOND = '{}', FINALFUNC = numbers_as_json);
CREATE OR REPLACE AGGREGATE json_group_array(text) (SFUNC = array_append, STYPE = text[], INITCOND = '{}', FINALFUNC = words_as_json);

DO $$ BEGIN
  CREATE OPERATOR -> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_part);
  CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_part_text);
  CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = integer, FUNCTION = json_part_text);
EXCEPTION WHEN duplicate_function THEN NULL; END $$;
`;
