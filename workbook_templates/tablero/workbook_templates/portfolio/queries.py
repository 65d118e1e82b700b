"""What DuckDB is asked of a portfolio, in SQL over the tables of :mod:`.database`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Nothing but texts of ours is put together here; what is asked with comes as parameters.
# ruff: noqa: S608

TOTALS: Final = """
WITH achieved AS (
    SELECT achievement, coverage FROM company JOIN strategy USING (firm)),
troubled AS (
    SELECT count(DISTINCT file) FILTER (severity <> 'note') AS files,
        count(*) FILTER (severity = 'error') AS errors,
        count(*) FILTER (severity = 'warning') AS warnings
    FROM problems),
read AS (
    SELECT count(*) AS files, count(*) FILTER (status = 'scored') AS scored,
        count(*) FILTER (status = 'other_period') AS other_period,
        count(*) FILTER (status = 'refused') AS refused
    FROM files)
SELECT read.files, read.scored, read.other_period, read.refused,
    (SELECT count(*) FROM company),
    (SELECT count(*) FROM companies) - (SELECT count(*) FROM company),
    (SELECT count(achievement) FROM achieved),
    (SELECT min(achievement) FROM achieved),
    (SELECT quantile_cont(achievement, 0.25) FROM achieved),
    (SELECT quantile_cont(achievement, 0.5) FROM achieved),
    (SELECT quantile_cont(achievement, 0.75) FROM achieved),
    (SELECT max(achievement) FROM achieved),
    (SELECT quantile_cont(coverage, 0.5) FROM achieved),
    (SELECT count(*) FROM company WHERE owed > 0),
    (SELECT coalesce(sum(owed), 0) FROM company),
    troubled.files, troubled.errors, troubled.warnings
FROM read, troubled
"""
PERIODS: Final = """
SELECT any_value(period), count(*) AS n FROM company GROUP BY period_id ORDER BY n DESC, period_id
"""
CURRENCIES: Final = """
SELECT currency, count(*) AS n FROM company GROUP BY currency ORDER BY n DESC, currency
"""
BAND_NAMES: Final = """
SELECT tone, name FROM band GROUP BY tone, name
QUALIFY row_number() OVER (PARTITION BY tone ORDER BY count(*) DESC, name) = 1
"""
_RANKED: Final = """
SELECT CASE WHEN achievement IS NOT NULL
        THEN rank() OVER (ORDER BY achievement DESC NULLS LAST) END AS place,
    c.name, c.sector, c.size, c.period, s.achievement, c.coverage, s.tone, s.band, c.owed,
    c.problems, c.file
FROM company c JOIN strategy s USING (firm)
"""
RANKING: Final = f"{_RANKED} ORDER BY achievement DESC NULLS LAST, c.name, c.file LIMIT $most"
LAST: Final = f"""
SELECT * FROM ({_RANKED} WHERE achievement IS NOT NULL
    ORDER BY achievement, c.name DESC, c.file DESC LIMIT $most) ORDER BY place, name, file
"""
HISTOGRAM: Final = """
SELECT round($step * place, 6), count(*) FROM (
    SELECT CAST(floor(greatest(least(achievement, 2), -0.1) / $step + 1e-9) AS INTEGER) AS place
    FROM strategy WHERE achievement IS NOT NULL)
GROUP BY place ORDER BY place
"""
_SHARES: Final = ", ".join(
    f"count(*) FILTER (tone = {tone}) / nullif(count(achievement), 0) AS {name}"
    for tone, name in enumerate(("worst", "poor", "good", "best"))
)
DISTRIBUTIONS: Final = f"""
WITH spread AS (
    SELECT measure, count(*) AS lines,
        count(achievement) AS companies, count(*) - count(achievement) AS missing,
        min(achievement) AS least, quantile_cont(achievement, [0.25, 0.5, 0.75]) AS quartiles,
        max(achievement) AS most, {_SHARES}
    FROM standing GROUP BY measure)
SELECT kpi_id, kpi, CASE WHEN contains(unit_key, 'currency') THEN '' ELSE unit END,
    companies, missing, least, quartiles[1], quartiles[2], quartiles[3], most,
    worst, poor, good, best
FROM spread s JOIN measure USING (measure)
ORDER BY lines DESC, kpi, kpi_id, unit_key
"""
# The direction that most companies want; where as many want another one, the first of these.
_DESIRED: Final = """
    CASE greatest(count(*) FILTER (desired = 'High'), count(*) FILTER (desired = 'Low'),
            count(*) FILTER (desired = 'Target'), 1)
        WHEN count(*) FILTER (desired = 'High') THEN 'High'
        WHEN count(*) FILTER (desired = 'Low') THEN 'Low'
        WHEN count(*) FILTER (desired = 'Target') THEN 'Target' END
"""
BENCHMARKS: Final = f"""
WITH valued AS (
    SELECT s.measure, s.value, s.desired, k.money, k.unit_shown, c.sector_key, c.sector, c.size
    FROM standing s JOIN kind k USING (kind) JOIN company c USING (firm)
    WHERE value IS NOT NULL),
grouped AS (
    SELECT measure, min(unit_shown) AS unit, {_DESIRED} AS desired, money,
        grouping(sector_key) AS of_all_sectors, grouping(size) AS of_all_sizes,
        CASE WHEN of_all_sectors = 0 THEN min(sector) END AS sector, size, count(*) AS companies,
        quantile_cont(value, [0.25, 0.5, 0.75]) AS found
    FROM valued GROUP BY GROUPING SETS (
        (measure, money), (measure, money, sector_key),
        (measure, money, size), (measure, money, sector_key, size)))
SELECT kpi_id, kpi, g.unit, desired, money,
    sector, size, companies, CASE WHEN companies >= $least THEN found[1] END,
    CASE WHEN companies >= $least THEN found[2] END, CASE WHEN companies >= $least THEN found[3] END
FROM grouped g JOIN measure USING (measure)
WHERE companies >= $least OR of_all_sectors = 1 OR of_all_sizes = 1
ORDER BY kpi, kpi_id, unit_key, money, of_all_sectors DESC, sector, of_all_sizes DESC,
    list_position(['micro', 'small', 'medium', 'large', 'unknown'], size)
"""
_LEVELS: Final = ("strategy", "perspective", "objective", "kpi")
_KNOWN: Final = MappingProxyType({"strategy": "strategy", "kpi": "standing"})
"""The levels whose tones stand in a table."""
_TONES: Final = """
    (SELECT tone FROM fact_{0} JOIN company USING (company_id, file, period_id)
    LEFT JOIN band USING (firm, band_id))
"""
IN_BANDS: Final = (
    "WITH level AS ("
    + " UNION ALL ".join(
        f"SELECT {place} AS sort, '{level}' AS level, tone, count(*) AS n "
        f"FROM {_KNOWN.get(level, _TONES.format(level))} GROUP BY tone"
        for place, level in enumerate(_LEVELS)
    )
    + f"""), named AS ({BAND_NAMES})
SELECT level, tone, named.name, n, n / sum(n) OVER (PARTITION BY level)
FROM level LEFT JOIN named USING (tone) ORDER BY sort, tone DESC NULLS LAST
"""
)
OWED: Final = """
SELECT c.name, coalesce(o.owner, ''), o.name, o.months, o.missing, c.file
FROM owed o JOIN company c USING (company_id, file, period_id)
ORDER BY sum(o.months) OVER (PARTITION BY c.file) DESC, c.name, c.file, o.owner, o.name LIMIT $most
"""
DEBTORS: Final = """
SELECT any_value(c.name) AS company, count(*) AS figures, sum(o.months) AS months,
    coalesce(string_agg(DISTINCT o.owner, ', ' ORDER BY o.owner) FILTER (o.owner <> ''), ''), c.file
FROM owed o JOIN company c USING (company_id, file, period_id)
GROUP BY c.file ORDER BY months DESC, company, c.file LIMIT $most
"""
# A mean depends on the order in which threads add, in its last digits; a rounded score does not.
OUTLYING: Final = """
CREATE TABLE outlying AS
WITH measured AS NOT MATERIALIZED (
    SELECT 'achievement' AS measured, s.*, achievement AS figure FROM standing s
    WHERE achievement IS NOT NULL
    UNION ALL
    SELECT 'value' AS measured, s.*, value AS figure FROM standing s JOIN kind USING (kind)
    WHERE value IS NOT NULL AND money = ''),
centre AS (
    SELECT measured, measure, median(figure) AS usual, mad(figure) AS spread
    FROM measured GROUP BY measured, measure HAVING count(*) >= $least),
away AS (
    SELECT measured, measure, avg(abs(figure - usual)) AS mean_spread
    FROM measured JOIN centre USING (measured, measure)
    GROUP BY measured, measure),
judged AS (
    SELECT m.*, usual, round(CASE WHEN spread > 0 THEN 0.6745 * (figure - usual) / spread
        ELSE (figure - usual) / (1.253314 * nullif(mean_spread, 0)) END, 6) AS score
    FROM measured m JOIN centre USING (measured, measure) JOIN away USING (measured, measure))
SELECT * FROM judged WHERE abs(score) > $cut_off
QUALIFY row_number() OVER (
    PARTITION BY firm, measure ORDER BY abs(score) DESC, measured) = 1
"""
OUTLIERS: Final = """
SELECT c.name, n.kpi, measured, CASE WHEN measured = 'value' THEN k.unit_shown ELSE '%' END,
    k.unit_shown, figure, usual, score, value, goal, c.file
FROM outlying o JOIN company c USING (firm) JOIN measure n USING (measure) JOIN kind k USING (kind)
ORDER BY abs(score) DESC, c.name, n.kpi, c.file LIMIT $most
"""
_GRAVITY: Final = "list_position(['error', 'warning', 'note'], severity)"
_FIRST: Final = f"row({_GRAVITY}, sheet, cell, message, remedy)"
PROBLEMS: Final = f"""
SELECT coalesce(p.file, ''), coalesce(c.name, ''), severity, code,
    coalesce(sheet, ''), coalesce(cell, ''),
    message, coalesce(remedy, '')
FROM problems p LEFT JOIN (SELECT file, any_value(name) AS name FROM companies GROUP BY file) c
    USING (file)
ORDER BY {_GRAVITY}, p.file, sheet, cell, message, remedy LIMIT $most
"""
FILES_WITH_PROBLEMS: Final = f"""
SELECT coalesce(p.file, ''), coalesce(any_value(c.name), '') AS company,
    coalesce(any_value(f.status), ''),
    count(*) FILTER (severity = 'error') AS errors,
    count(*) FILTER (severity = 'warning') AS warnings, count(*) FILTER (severity = 'note'),
    arg_min(message, {_FIRST}), coalesce(arg_min(coalesce(remedy, ''), {_FIRST}), '')
FROM problems p LEFT JOIN files f ON f.path = p.file
LEFT JOIN (SELECT file, any_value(name) AS name FROM companies GROUP BY file) c ON c.file = p.file
GROUP BY p.file ORDER BY errors DESC, warnings DESC, p.file LIMIT $most
"""
COUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ranking": "SELECT count(*) FROM company",
        "owed": "SELECT count(*) FROM owed JOIN company USING (company_id, file, period_id)",
        "debtors": "SELECT count(DISTINCT file) FROM owed "
        "JOIN company USING (company_id, file, period_id)",
        "outliers": "SELECT count(*) FROM outlying",
        "problems": "SELECT count(*) FROM problems",
        "files_with_problems": "SELECT count(DISTINCT file) FROM problems",
    }
)
