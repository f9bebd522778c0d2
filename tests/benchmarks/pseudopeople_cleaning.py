"""The five sources of pseudopeople's sample as one table of people, in columns that compare."""

# What respondents and clerks write when they know or say no name.
_NO_FIRST_NAME = (
    r"(GIRL|BOY|CHILD|BABY|KID|MINOR|YOUNGEST|OLDEST|MOM|DAD|MOTHER|FATHER|PARENT|SON|DAUGHTER|DAU"
    r"|BROTHER|SISTER|NEPHEW|GRAND\w+|HUSBAND|WIFE|FRIEND|ADULT|FEMALE|MALE|MAN|WOMAN|LADY|GENT\w*"
    r"|MR|MRS|MS|MISS|SENORA?|HIJ[AO]|NINO|PERSON|RESIDENT|RESPONDENT|INMATE|HOUSE|ONE|[A-Z]OH|[A-Z])"
    r"( .*)?"
)
_NO_LAST_NAME = (
    r".*\b(HOUSE|HOUSEHOLD|HOUSEHOLDER|CASA|HOME|LAST NAME|NO NAME|REFUSED?|DECLINED|UNKNOWN|UNK"
    r"|DONT KNOW|ANON|ANONYMOUS|APELLIDO|OCCUPANT|RESIDENT|RESP|RESPOND[AE]NT|OWNER|PERSON)"
    r"|ADULT|BOY|GIRL|CHILD|DAUGHTER|SON|FEMALE|MALE|MAN|LADY|HUSBAND|WIFE|FRIEND|PARENT|YOUNGER"
    r"|ONE|TWO|THREE|FOUR|DOE|HHM?|REF|NO|NA|NONE|X+|[A-Z]OH|[A-Z]|H AGE"
)

# Dates come as 05/06/1994, 05061994 and 19940506: brought into the last order as text, for a slip
# of the pen makes no date.
_CLEANED = f"""
CREATE TABLE cleaned AS
SELECT row_number() OVER (ORDER BY record::INTEGER)::INTEGER AS person, truth, true_household,
    source,
    CASE WHEN regexp_full_match(first, '{_NO_FIRST_NAME}') THEN NULL ELSE first END AS given_name,
    CASE WHEN regexp_full_match(last, '{_NO_LAST_NAME}') THEN NULL ELSE last END AS surname,
    left(upper(coalesce(middle_initial, middle_name)), 1) AS middle,
    CASE source WHEN 'ssa' THEN date_of_birth WHEN 'wic' THEN date_of_birth[5:] || date_of_birth[:4]
         ELSE replace(date_of_birth, '/', '')[5:] || replace(date_of_birth, '/', '')[:4] END
        AS birth,
    -- Social Security writes the day a number was made, which is a birthday for those born here.
    CASE WHEN event_type = 'creation' THEN event_date END AS birth_too,
    try_cast(age AS INTEGER) AS age,
    sex, race_ethnicity AS race, ssn, event_type AS event, employer_id AS employer,
    upper(concat_ws(' ', street_number, street_name, unit_number)) AS door,
    upper(street_number) AS house, upper(street_name) AS street, upper(unit_number) AS unit,
    po_box, coalesce(year, tax_year, left(survey_date, 4)) AS year
FROM (
    SELECT *, trim(upper(first_name)) AS first,
        regexp_replace(trim(upper(last_name)), '[ -]+', ' ', 'g') AS last
    FROM read_parquet({{file}}))
"""

# How many bear a name, and how many live behind a door, is counted over all records; whose they
# are is not asked. Halves are of whole households, so that no family is half learnt from; Social
# Security's records have no household: theirs is the one their person has elsewhere.
_PEOPLE = """
CREATE TABLE people AS
WITH surnames AS (
    SELECT surname, count(*) AS bear_surname FROM cleaned WHERE source = 'ssa' GROUP BY ALL
), given AS (
    SELECT given_name, count(*) AS bear_given FROM cleaned WHERE source = 'ssa' GROUP BY ALL
), doors AS (
    SELECT door, count(*) AS at_door FROM cleaned WHERE street IS NOT NULL GROUP BY ALL
), homes AS (
    SELECT truth, min(true_household) AS home FROM cleaned GROUP BY ALL
)
SELECT cleaned.* EXCLUDE (true_household, door),
    CASE WHEN cleaned.street IS NOT NULL THEN cleaned.door END AS door,
    coalesce(bear_surname, 0) AS bear_surname, coalesce(bear_given, 0) AS bear_given,
    coalesce(at_door, 0) AS at_door, hash(coalesce(home, truth)) % 2 AS half
FROM cleaned LEFT JOIN surnames USING (surname) LEFT JOIN given USING (given_name)
LEFT JOIN doors USING (door) LEFT JOIN homes USING (truth)
"""

CLEANING = (_CLEANED, _PEOPLE)
