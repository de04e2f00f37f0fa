"""The views of the database: the questions that are asked most, each as a description and a query."""

VIEWS = {
    "winners": (
        "The winners of each edition, with category and prize.",
        """SELECT e.year, e.label AS edition, k.name AS category, c.name AS city, n.name AS country, r.prize_eur,
                  r.id AS result_id
           FROM results r JOIN editions e ON e.id = r.edition_id JOIN cities c ON c.id = r.city_id
           JOIN countries n ON n.code = c.country_code JOIN categories k ON k.id = r.category_id
           WHERE r.status_id = 'winner' ORDER BY e.year, r.category_id""",
    ),
    "standings": (
        "Every result with the names of edition, city, country, category and status; disputed: an open dispute.",
        """SELECT e.year, e.label AS edition, c.name AS city, n.name AS country, k.name AS category, s.name AS status,
                  r.rank, r.prize_eur, r.reason,
                  EXISTS (SELECT 1 FROM disputed d WHERE d.fact_id = r.id AND d.weight = 'open') AS disputed,
                  r.id AS result_id
           FROM results r JOIN editions e ON e.id = r.edition_id JOIN cities c ON c.id = r.city_id
           JOIN countries n ON n.code = c.country_code JOIN categories k ON k.id = r.category_id
           JOIN statuses s ON s.id = r.status_id""",
    ),
    "countries_by_prize_money": (
        "Results, wins and prize money by country; a prize of unknown amount counts as nothing.",
        """SELECT n.name AS country, n.code AS country_code, count(*) AS results,
                  sum(r.status_id = 'winner') AS wins, coalesce(sum(r.prize_eur), 0) AS prize_eur
           FROM results r JOIN cities c ON c.id = r.city_id JOIN countries n ON n.code = c.country_code
           GROUP BY n.code ORDER BY prize_eur DESC, results DESC, country""",
    ),
    "cities_by_prize_money": (
        "Results, wins and prize money by city; a prize of unknown amount counts as nothing.",
        """SELECT c.name AS city, c.id AS city_id, n.name AS country, count(*) AS results,
                  sum(r.status_id = 'winner') AS wins, coalesce(sum(r.prize_eur), 0) AS prize_eur,
                  min(e.year) AS first_year, max(e.year) AS last_year
           FROM results r JOIN cities c ON c.id = r.city_id JOIN countries n ON n.code = c.country_code
           JOIN editions e ON e.id = r.edition_id
           GROUP BY c.id ORDER BY prize_eur DESC, results DESC, city""",
    ),
    "applications": (
        "Applications by edition; unknown: a gap says that nobody was found to state the number.",
        """SELECT e.year, e.label AS edition, e.applications, e.applications_countries,
                  EXISTS (SELECT 1 FROM unknown u WHERE u.fact_id = e.id AND u.field = 'applications') AS unknown,
                  EXISTS (SELECT 1 FROM disputed d WHERE d.fact_id = e.id AND d.field = 'applications'
                          AND d.weight = 'open') AS disputed
           FROM editions e ORDER BY e.year""",
    ),
    "who_said_what": (
        "Quotations with speaker, role, city and year; translated: our translation, which is no quotation.",
        """SELECT q.text, q.lang, q.translated, q.original, q.original_lang, p.name AS speaker, t.role,
                  o.name AS organisation, c.name AS city, q.edition_id AS edition, q.date, q.id AS quote_id
           FROM quotes q JOIN people p ON p.id = q.speaker_id LEFT JOIN posts t ON t.id = q.post_id
           LEFT JOIN organisations o ON o.id = t.organisation_id LEFT JOIN cities c ON c.id = q.city_id""",
    ),
    "facts_with_sources": (
        "Every fact with each page that states it, and the place on the page.",
        """SELECT f.kind, f.id AS fact_id, f.title, s.publisher, s.title AS source, s.date, s.url, c.locator,
                  c.excerpt, c.read_on
           FROM citations c JOIN facts f ON f.id = c.fact_id JOIN sources s ON s.id = c.source_id""",
    ),
    "disputes_with_claims": (
        "Each side of each dispute, with the pages that say so.",
        """SELECT d.year, d.topic, d.weight, m.number AS claim, m.says,
                  group_concat(DISTINCT s.publisher) AS publishers, d.believed, d.why, d.id AS dispute_id
           FROM disputes d JOIN dispute_claims m ON m.dispute_id = d.id
           JOIN citations c ON c.fact_id = d.id AND c.claim = m.number JOIN sources s ON s.id = c.source_id
           GROUP BY d.id, m.number ORDER BY d.year, d.id, m.number""",
    ),
}
