/**
 * Every code a client can meet, with what it means. docs/errors.md and both message catalogues are held equal
 * to this list by a test. `REQUEST` codes are top-level errors (`extensions.code`): the request itself is wrong.
 * `DOMAIN` codes are data (`userErrors`): the hub understood and refuses.
 */
export const codes = {
  // the request
  UNAUTHENTICATED: { door: 'REQUEST', meaning: 'The token is missing, expired or not from a known issuer.' },
  INSUFFICIENT_SCOPE: {
    door: 'REQUEST',
    meaning: 'This API client was not given the scope the operation needs.',
  },
  BAD_REQUEST: {
    door: 'REQUEST',
    meaning: 'The HTTP request is not a GraphQL request (method, content type, JSON, encoding, purpose).',
  },
  GRAPHQL_PARSE_FAILED: { door: 'REQUEST', meaning: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: {
    door: 'REQUEST',
    meaning: 'The document asks for what the schema does not have.',
  },
  BAD_USER_INPUT: { door: 'REQUEST', meaning: 'A variable or argument has the wrong GraphQL type.' },
  OPERATION_RESOLUTION_FAILURE: {
    door: 'REQUEST',
    meaning: 'The document has several operations and none is named.',
  },
  LIMIT_EXCEEDED: {
    door: 'REQUEST',
    meaning: 'Too deep, too wide, too many aliases or tokens, too costly, or a page over 100.',
  },
  RATE_LIMITED: {
    door: 'REQUEST',
    meaning:
      'This client spent its points, or its address failed to log in too often; Retry-After says when it may come back.',
  },
  PAYLOAD_TOO_LARGE: { door: 'REQUEST', meaning: 'The body is larger than the hub accepts.' },
  CURSOR_MISMATCH: {
    door: 'REQUEST',
    meaning: 'The cursor belongs to another list, order, filter or search point.',
  },
  RESYNC_REQUIRED: {
    door: 'REQUEST',
    meaning: 'The journal no longer reaches back to this cursor, or is another one since a restore.',
  },
  PURPOSE_REQUIRED: {
    door: 'REQUEST',
    meaning: 'You see everybody, and somebody here is outside your portfolio: say why you read.',
  },
  NOT_PUBLISHED: {
    door: 'REQUEST',
    meaning: 'No such table was published: the month has not closed, or nothing of it is in the catalogue.',
  },
  INTERNAL: { door: 'REQUEST', meaning: 'A fault of the hub; the request id finds it in the log.' },
  UNAVAILABLE: {
    door: 'REQUEST',
    meaning: 'The database, or who signs your token, cannot be reached; nothing was written, try again.',
  },
  // the domain
  NOT_FOUND: { door: 'DOMAIN', meaning: 'Nothing with that id exists for you.' },
  NOT_ALLOWED: { door: 'DOMAIN', meaning: 'You see it, but your role or organisation may not do this.' },
  INVALID_INPUT: { door: 'DOMAIN', meaning: 'A value is outside what the field accepts; `field` names it.' },
  WRONG_STATE: {
    door: 'DOMAIN',
    meaning: 'The move does not exist from the state the subject is in; the answer shows it as it is.',
  },
  STALE: { door: 'DOMAIN', meaning: 'The version you read is no longer the current one; read again.' },
  NO_PLACE_LEFT: { door: 'DOMAIN', meaning: 'Every place of the vacancy is held or taken.' },
  NO_SEAT_LEFT: { door: 'DOMAIN', meaning: 'Everybody the meeting has a seat for is invited already.' },
  MEETING_PLANNED: {
    door: 'DOMAIN',
    meaning: 'A meeting of this referral is planned already: record, move or cancel that one first.',
  },
  PLACES_IN_USE: {
    door: 'DOMAIN',
    meaning: 'Places cannot go below what is held and taken, nor a vacancy close over accepted people.',
  },
  VACANCY_REQUIRED: {
    door: 'DOMAIN',
    meaning: 'The offer counts its places: bind the referral to one of its vacancies first.',
  },
  ALREADY_REFERRED: {
    door: 'DOMAIN',
    meaning: 'This person already has a live referral to this vacancy or offer.',
  },
  ALREADY_EXISTS: {
    door: 'DOMAIN',
    meaning: 'A subject with this number (SIRET, external reference) exists.',
  },
  AGREEMENT_MISSING: {
    door: 'DOMAIN',
    meaning: 'No referral is sent without the agreement of the person to this provider.',
  },
  CLOSED_BY_LAW: {
    door: 'DOMAIN',
    meaning: 'The law closes this category of a person to that organisation: no grant can open it.',
  },
  TOO_MANY_ATTEMPTS: {
    door: 'DOMAIN',
    meaning: 'This member broke, or tried to break, the glass as often as an hour allows.',
  },
  REFUSED_RECENTLY: {
    door: 'DOMAIN',
    meaning: 'This offer declined the person not long ago; confirm with a reason.',
  },
  OVERLAPPING_PLACEMENT: {
    door: 'DOMAIN',
    meaning: 'The person has another exclusive placement then; confirm with a reason.',
  },
  OPINION_REQUIRED: {
    door: 'DOMAIN',
    meaning: 'An IAE convention is signed after an opinion of the IAE council, and not after a deferral.',
  },
  OVERLAPPING_AGREEMENT: {
    door: 'DOMAIN',
    meaning: 'The structure has another signed convention of this kind on some of these days.',
  },
  TOO_LATE: { door: 'DOMAIN', meaning: 'The time during which this could be done or undone is over.' },
  UNKNOWN_COMMUNE: { door: 'DOMAIN', meaning: 'No commune of the official list has this code.' },
  IDEMPOTENCY_MISMATCH: {
    door: 'DOMAIN',
    meaning: 'The key was used before with another operation or input.',
  },
} as const satisfies Record<string, { door: 'REQUEST' | 'DOMAIN'; meaning: string }>;

export type Code = keyof typeof codes;
