/**
 * What each field of the schema tells, in domain words. Written by hand: a field that is not here fails the matrix, so
 * nobody adds one without saying what it tells, and who-sees-what.ts says who may learn that.
 */
export type Knowledge = (typeof personal)[number] | (typeof open)[number];

/** What is told of a person, and what depends on a right to it. */
export const personal = [
  'core',
  'identity',
  'numbers',
  'doubles',
  'the other record',
  'contact',
  'needs',
  'profile',
  'pathway',
  'history',
  'pass',
  'entitlements',
  'referral',
  'sender contact',
  'where else',
  'verdicts',
  'match',
  'notes',
  'placement',
  'attendance',
  'work constraints',
  'own number',
  'access log',
  'own rights',
  'sharing',
  'emergencies',
] as const;

/**
 * What every authenticated partner may know, what belongs to one's own organisation or to what it agreed on, counts of many (who may ask for which:
 * test/indicators), and what only wraps.
 */
export const open = [
  'catalogue',
  'territory',
  'colleagues',
  'oneself',
  'agreements',
  'figures',
  'wrapping',
] as const;

type Fields = Partial<Record<Knowledge, string>>;

export const knowledge: Record<string, Fields> = {
  // people
  Person: {
    core: 'id reference ageBand epci commune soughtKind version updatedAt',
    identity: 'identity',
    numbers: 'numbers',
    doubles: 'links',
    contact: 'contact',
    needs: 'needs',
    profile: 'profile',
    pathway: 'referent iaeDiagnoses iaeEligibility pathway pathways',
    match: 'suggestions',
    pass: 'iaePasses',
    history: 'rectifications',
    'access log': 'accessLog',
    entitlements: 'situations entitlements',
    referral: 'acceptancesToChoose referrals',
    placement: 'placements',
    'own number': 'externalReference',
    'own rights': 'disclosure',
    wrapping: 'erasureDueOn timeline',
    sharing: 'sharingGrants',
  },
  Disclosure: { 'own rights': 'category until visible why' },
  Identity: { identity: 'birthDate birthName firstName lastName' },
  PersonNumbers: { numbers: 'franceTravail passIae' },
  PersonLink: {
    doubles: 'id createdAt decidedAt ground history state version',
    core: 'into',
    'the other record': 'person',
  },
  PersonLinkStep: { doubles: 'actorKind at fromState move organisationId reason toState' },
  Contact: { contact: 'address commune email phone' },
  Profile: {
    profile:
      'availability frenchLevel licences refusedTrades skills stated travel wishedTrades workConstraints',
  },
  ProfileStatement: { profile: 'line statedBy statedOn' },
  Availability: { profile: 'away from timeBands weeklyHoursLeast weeklyHoursMost' },
  AwayPeriod: { profile: 'from to' },
  Travel: { profile: 'maxKm maxMinutes mode' },
  Need: {
    needs: 'id closeReason closedOn detail openedOn recordedBy thematique theme updatedAt version',
    core: 'person',
  },
  Rectification: { history: 'id category at because former by' },
  FormerValue: { history: 'field value' },
  // each row behind the category of its public; the one asked for here is the RSA
  Situation: { entitlements: 'id category public statedBy statedOn until updatedAt version', core: 'person' },
  Entitlement: {
    entitlements:
      'id applicationNumber appliedOn benefit corrected organism periods rightsAndDuties role updatedAt version',
    core: 'person',
  },
  EntitlementPeriod: { entitlements: 'id from knownFrom knownUntil reason state until' },
  // counts of a fund's own files, read by that fund and by the council that read them in
  EntitlementImport: {
    colleagues:
      'absent changed created faultLine faultRule fileDeletedAt finishedAt households id monthly organism referenceOn ' +
      'refusals refused sha256 startedAt state unchanged',
  },
  RuleCount: { colleagues: 'count rule' },
  // of the structure that employs too: it declares its number and runs into its end
  IaePass: {
    pass: 'id checkedBy checkedOn endsOn from number prolongedTo suspendedFrom suspendedUntil to updatedAt version withdrawReason withdrawnAt',
    core: 'person',
  },
  // each criterion behind the category of its public; the one asked for here is the RSA
  IaeDiagnosis: {
    pathway: 'id by kind on siaeKind updatedAt validUntil version withdrawReason withdrawnAt',
    entitlements: 'criteria',
    core: 'person',
  },
  // judged where it stands: of a referral a verdict, of a person the pathway
  IaeEligibility: { wrapping: 'diagnosedBy ground question until verdict' },
  AccessLogEntry: {
    'access log': 'id at categories member operation organisation outside purpose tool why',
  },
  SharingGrant: {
    sharing:
      'id categories endReason endedOn externalReference from grantedBy kind legalBasis organisation organisations purpose state until version',
    colleagues: 'grantedByMember',
    core: 'person',
  },
  BrokenGlass: {
    emergencies: 'id brokenAt brokenBy categories detail organisation reason soughtBy until',
    core: 'person',
  },
  Pathway: {
    pathway:
      'id beganOn continues decidedBy endReason endedOn engagement engagementDueOn engagements orientation referentOrganisation steps updatedAt version',
    colleagues: 'referentMember',
    core: 'person',
  },
  PathwayStep: { pathway: 'at by kind on orientation reason referentOrganisation' },
  Engagement: {
    pathway:
      'id activities draftedBy endReason endedOn goals kind pathway personSignedOn referentSignedOn reviewOn reviews signedInTime signedOn state to ' +
      'updatedAt version weeklyHours',
    core: 'person',
  },
  EngagementActivity: { pathway: 'kind weeklyHours', referral: 'referral', placement: 'placement' },
  EngagementReview: { pathway: 'by decision goalsReached heldOn', colleagues: 'member' },
  // each line for whoever sees the thing itself: held by test/pathway/timeline
  TimelineEntry: { wrapping: 'kind on organisation step subject' },
  UnmetNeed: { wrapping: 'communes need people topConstraint' },
  UnmetCommune: { wrapping: 'commune people' },
  PartnersAgenda: { catalogue: 'answers', wrapping: 'referralsExpiring staleOffers' },
  ProviderAnswers: { catalogue: 'answers organisation' },
  Referent: { pathway: 'legalBasis organisation since', colleagues: 'member' },

  // referrals
  Referral: {
    referral:
      'id acceptedAt acknowledgeDueAt acknowledgedAt agreementHow agreementOn answerDueAt answeredAt answeredLate ' +
      'availableMoves clockStops closedAt createdAt deadline decline despiteRefusal disclose follower history ' +
      'informationRequests meetings next offer origin placeOfferedUntil previous reason ' +
      'receiver sender sentAt state updatedAt vacancy version waitingRank waitlistedAt',
    'own number': 'externalReference',
    'sender contact': 'senderContact',
    'where else': 'nextBest',
    'work constraints': 'workConstraints',
    verdicts: 'verdicts iaeEligibility',
    notes: 'notes',
    core: 'person',
    placement: 'placement',
  },
  Decline: { referral: 'againFrom rule' },
  DeclineRule: { wrapping: 'code label whose waitDays liftedBy toldToPerson' },
  RuleVerdict: { verdicts: 'rule verdict' },
  Match: {
    match: 'bindingConstraint feasible rank reasons rules score smallestChange standing',
    core: 'person',
    catalogue: 'vacancy',
  },
  MatchedRule: { match: 'change fact question rule verdict' },
  MatchChange: { match: 'by sentence to unit' },
  MatchReason: { match: 'criterion detail max points' },
  // counts, for those of the author's organisation who see as much as the author: test/planning
  AssignmentRun: {
    colleagues:
      'atMostSeconds attempts author bound createdAt failure finishedAt id inputsHash kind pairs people placed previous prices ' +
      'shares stage startedAt state status total unmet vacancies version',
    catalogue: 'programme',
    wrapping: 'lines',
  },
  AssignmentShare: { colleagues: 'meanScore meanWaiting people placed public' },
  AssignmentComparison: { colleagues: 'a b placedMore shares totalMore', wrapping: 'onlyInA onlyInB' },
  AssignmentShareChange: { colleagues: 'meanScoreMore meanWaitingMore placedMore public' },
  FloorPrice: { colleagues: 'least placedMore public totalMore' },
  AssignmentLine: {
    profile: 'id acceptedAt acceptedBy score',
    match: 'match',
    core: 'person',
    catalogue: 'vacancy',
    referral: 'referral',
  },
  AssignmentLineResult: { wrapping: 'id line userErrors' },
  MatchStanding: { match: 'cutoff of rank' },
  Simulation: { match: 'atOnce communes needs newlyPlaceable places priorityPublics' },
  SimulatedPlaces: { match: 'number people' },
  SimulatedNeed: { match: 'need people' },
  SimulatedCommune: { match: 'people', wrapping: 'commune' },
  SimulatedPublic: { match: 'people public' },
  NewlyPlaceable: { match: 'constraintToday needs places reasons rules score sought', core: 'person' },
  PeopleWithoutPlace: { match: 'lacks of people' },
  LackingPlace: { match: 'constraint need people' },
  RulePreview: { match: 'comesIn comingIn droppingOut dropsOut stays toAsk' },
  AvailableMove: { referral: 'allowed move whyNot' },
  ReferralMoveLine: { referral: 'actorKind at fromState id late move organisationId reason toState' },
  InformationRequest: { referral: 'id answers askedAt dueAt endedAt questions state' },
  AnsweredInformation: { referral: 'answer question' },
  ClockStop: { referral: 'cause since until' },
  ReferralNote: { notes: 'category createdAt id organisationId text' },
  SenderContact: { 'sender contact': 'displayName email id phone' },

  // first meetings: as the referral they hang on
  Meeting: {
    referral:
      'id at attendances createdAt kind member minutes offer organisation reason seats seatsTaken site state updatedAt ' +
      'vacancy version way',
  },
  MeetingAttendance: { referral: 'id createdAt meeting nextId recordedAt referral state throughSender' },
  WebhookEndpoint: {
    colleagues:
      'client createdAt deliveries document failingSince id lastDeliveredAt previousSecretUntil purpose reason state types ' +
      'updatedAt url version',
  },
  WebhookDelivery: { colleagues: 'attempts closedAt dueAt eventId id occurredAt state subjectId type' },
  WebhookAttempt: { colleagues: 'at bodyHash durationMs fault status' },
  CalendarFeed: { colleagues: 'createdAt id language revokedAt updatedAt version' },

  // an answer of many lines: what it carries is checked where it stands
  PlacementLine: { wrapping: 'id userErrors', placement: 'placement' },
  ReferralLine: { wrapping: 'id userErrors', referral: 'referral' },

  // placements
  Placement: {
    placement:
      'hours hoursHistory contractCorrections currentContract followUpDueOn outcomeDueAt outcomeReminders ' +
      'id contractEndsOn contracts createdAt endReason endedOn episodes exclusive followUps offer outcome outcomeHistory ' +
      'overlapReason receiver replacement sender startCorrections startedOn state takesPlace updatedAt vacancy version ' +
      'canBeReplaced',
    pass: 'warnings',
    attendance: 'attendance',
    core: 'person',
    referral: 'referral',
  },
  HalfDay: { attendance: 'half on presence recordedAt' },
  FollowUpFigures: { placement: 'declined due months open reached unreachable' },
  WorkedHours: { placement: 'knownUntil month recordedAt worked' },
  ContractCorrection: { placement: 'contract correctedBecause from kind knownUntil to weeklyHours' },
  Contract: { placement: 'from id kind renews to weeklyHours' },
  Episode: { placement: 'expectedTo from id kind suspends to' },
  ClassedOutcome: { placement: 'class label rule ruleSet version why' },
  Outcome: {
    placement:
      'certification classes contract correctedBecause endReason endedOn from kind knownFrom knownUntil to weeklyHours',
  },
  FollowUp: { placement: 'by dueOn id months on recordedAt situation' },
  StartCorrection: { placement: 'correctedBecause knownUntil startedOn' },

  // the catalogue and the territory
  Organisation: {
    agreements: 'agreements',
    catalogue:
      'accreditations answersByMail authorisedPrescriber closures commune description email hostedVacancies id kind name offers parent phone ' +
      'remit services shortName siret sites source sourceId updatedAt usualAnswerTime vacancies version website',
    colleagues: 'apiClients members webhookEndpoints',
    referral: 'referralsReceived referralsSent',
    placement: 'followUps',
  },
  OfferAnswers: { catalogue: 'due rate usualTime' },
  AnswerTime: { catalogue: 'band days exact' },
  Closure: { catalogue: 'cancelledAt from id reason site to' },
  ReferralDelays: { catalogue: 'acknowledge answer from holdAfterStart holdWithoutStart id kind waiting' },
  AuthorisedPrescriber: { catalogue: 'kind since' },
  Accreditation: { catalogue: 'fromDay kind number toDay' },
  Site: {
    catalogue:
      'address approximate commune id latitude longitude name offers organisation source sourceId updatedAt vacancies version',
  },
  Offer: {
    agreements: 'agreements',
    catalogue:
      'accessConditions address answers answersFrom approximate commune confirmedAt contactEmail contactPhone countsAsAction description ' +
      'distanceKm domains eligibilityZone exclusive externalReference fees feesDetail id kind mobilisableBy ' +
      'mobilisationLink mobilisationModes openingHours organisation publics publicsDetail publishedAt receptionModes requirements ' +
      'romeCodes serviceType siaeKind site source sourceId stale state suspendedUntil thematiques title updatedAt ' +
      'vacancies version weeklyHours weeks',
    referral: 'referrals',
    placement: 'placements',
  },
  Vacancy: {
    catalogue:
      'answersFrom approximate closeReason closedAt commune contractKind createdAt distanceKm endsOn externalReference free held host ' +
      'id latitude longitude offer openedAt organisation places refillUntil requirements romeCode series sessions site startsOn state ' +
      'taken title updatedAt version weeklyHours',
    referral: 'referrals',
    placement: 'placements replacing',
    match: 'candidates',
  },
  Requirement: { catalogue: 'frenchLevel licences number replacedAt setAt timeBands' },
  VacancySession: { catalogue: 'from on to' },
  Agreement: {
    agreements:
      'closeReason closedOn council createdAt from id kind lead opinion opinions participants parties provider realised reference renewals renews sessionOn siaeKind signReason signedOn state terms title to updatedAt version versions',
  },
  AgreementFigures: {
    agreements:
      'annualHours declaredFte declaredHours from fundedFte occupiedFte occupiedPlaces placementsWithoutHours to',
  },
  IaeSession: { agreements: 'dossiers on' },
  IaeDossier: { agreements: 'agreement exits opinion realised requestedFte siae siaeKind' },
  IaeExits: { agreements: 'classes dynamic ended examined ruleVersion' },
  ClassCount: { agreements: 'code count' },
  ParticipantFigures: { agreements: 'age entered exited exits income status' },
  ExitCount: { agreements: 'code count' },
  AgeCount: { agreements: 'code count' },
  StatusCount: { agreements: 'code count' },
  IncomeCount: { agreements: 'code count' },
  AgreementParty: { agreements: 'organisation role' },
  AgreementTerms: {
    agreements:
      'amounts committedHours contractReference fundedFte fundedPlaces inForceFrom lots number offers recordedAt requestedFte signedOn site to vacancies',
  },
  AgreementAmount: { agreements: 'cents funder' },
  FunderFigures: { agreements: 'agreements cents declaredHours funder fundedFte occupiedFte' },
  AgreementOpinion: { agreements: 'council givenAt id opinion reservations sessionOn' },
  AgreementReservation: { agreements: 'id metOn reservation state' },
  Programme: {
    catalogue:
      'adoptedAt axes followedOn fromYear id inForceFrom number priorityPublics state targets title untilYear weights withdrawnAt',
  },
  ProgrammeAxis: { catalogue: 'code objectives title' },
  ProgrammeObjective: { catalogue: 'code purposes title' },
  ProgrammeTarget: { catalogue: 'indicator value year' },
  MatchWeight: { catalogue: 'criterion points' },
  IndicatorFigure: {
    figures:
      'additive asOf chart csv definition from groups json name of ruleVersion target territory to unit value xlsx',
    core: 'people',
  },
  IndicatorGroup: { figures: 'keys of value' },
  IndicatorKey: { figures: 'code dimension label' },
  PublishedTable: {
    figures:
      'additive asOf audience cells chart csv definition edition id json month name publishedAt territory threshold unit xlsx',
  },
  PublishedCell: { figures: 'answeredBy code label level of parent suppressed value' },
  OutcomeRuleSet: { catalogue: 'from name rules source until version' },
  OutcomeRule: {
    catalogue:
      'bound certifications class code contracts endReasons followedAs hoursBelow hoursTold kinds label lastsMonths lengthTold ' +
      'notAfterMonths siaeKinds stayHours stayMonths why',
  },
  VacancySeries: { catalogue: 'createdAt id offer organisation title vacancies' },
  Commune: {
    territory: 'approximate code departementCode epci latitude longitude name population postalCodes',
  },
  Epci: { territory: 'code name' },

  // one's own organisation, oneself
  Member: {
    colleagues:
      'calendarFeed displayName email id language mailBouncedAt organisation people phone roles state territory updatedAt version',
  },
  ApiClient: {
    colleagues:
      'actingMember createdAt id keyPrefix lastUsedAt name previousKeyUntil revokedAt scopes updatedAt version',
  },
  Viewer: { oneself: 'kind member noticePreferences notices organisation people scopes territory worklist' },
  // lists of what its nodes tell each by their own rows
  Worklist: {
    oneself: 'since',
    wrapping:
      'agreementsEnding answersReceived cancellationsAsked changed choose contractsEnding drafts dueSoon engagementsToSign followUpsDue grantsEnding informationAsked meetingsToRecord opinionsAwaited outcomesDue passesEnding pathwaysToEnd placesOffered reviewsDue toAnswer toStart withoutLiveStep',
  },
  Notice: { oneself: 'closedAt createdAt delivery id kind reason state', referral: 'referral' },
  NoticePreference: { oneself: 'chosen delivery kind' },

  // wrapping: says nothing by itself, what it wraps is checked where it stands
  Query: {
    figures: 'indicator publishedTable',
    catalogue:
      'delays offer offers organisation organisations outcomeRuleSets programme programmeEditions vacancies vacancy',
    territory: 'commune communes',
    agreements: 'agreement agreements fundingByFunder iaeSession',
    oneself: 'viewer',
    core: 'people peopleToChooseFor person',
    // counts of whose needs the viewer reads: held by test/agenda
    wrapping:
      'partnersAgenda unmetNeeds declineReasons events node nodes _entities _service erasures retentionNotices',
    doubles: 'personLink personLinks',
    referral: 'meeting meetings referral referrals',
    placement: 'placement placements',
    pass: 'passesEnding',
    colleagues: 'entitlementImports assignmentRun assignmentRuns compareAssignments',
    pathway: 'pathway',
    match: 'explainMatch peopleWithoutPlace previewRule simulate',
    sharing: 'sharingGrants',
    emergencies: 'glassBroken',
  },
  Subscription: {
    wrapping: 'eventReceived',
    catalogue: 'offerUpdated vacancyUpdated',
    core: 'personUpdated',
    referral: 'referralUpdated',
    placement: 'placementUpdated',
    colleagues: 'assignmentProgress',
  },
  EventMessage: { wrapping: 'accessEnded cursor event' },
  EventPage: { wrapping: 'checkpoint edges hasMore nodes' },
  EventSubject: { wrapping: 'id type version' },
  OfferMessage: { wrapping: 'accessEnded cursor event', catalogue: 'offer' },
  PersonMessage: { wrapping: 'accessEnded cursor event', core: 'person' },
  VacancyMessage: { wrapping: 'accessEnded cursor event', catalogue: 'vacancy' },
  AccessEnded: { wrapping: 'at person subjects' },
  AssignmentMessage: { wrapping: 'accessEnded cursor event', colleagues: 'run' },
  ReferralMessage: { wrapping: 'accessEnded cursor event', referral: 'referral' },
  PlacementMessage: { wrapping: 'accessEnded cursor event', placement: 'placement' },
  Event: { wrapping: 'actor id occurredAt subject type' },
  Actor: { wrapping: 'kind organisationId' },
  // told to whoever is in it, or follows the person; no word of who it was (test/casefiles)
  Erasure: { wrapping: 'id at reason' },
  // only in the answer of a mutation (test/casefiles)
  CaseFile: { wrapping: 'id json csv page' },
  CaseFileSheet: { wrapping: 'name content' },
  RetentionNotice: { wrapping: 'id createdAt erasureDueOn lastContactAt', core: 'person' },
  PageInfo: { wrapping: 'endCursor hasNextPage hasPreviousPage startCursor' },
  UserError: { wrapping: 'code field message' },
  _Service: { wrapping: 'sdl' },
};

/** Lists and payloads are alike: what they carry is their nodes and their subject. */
export const wrappers = /(Connection|Edge|Payload)$/;

export function tells(type: string, field: string): Knowledge | null {
  const fields = Object.entries(knowledge[type] ?? {}) as [Knowledge, string][];
  return fields.find(([, names]) => names.split(' ').includes(field))?.[0] ?? null;
}
