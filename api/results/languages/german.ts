import { type Language, label, opening, phrases, words } from './language.js';

const HELP =
  '(?:helfen|weiterhelfen|behilflich|unterstützen|bereitstellen|beantworten|erstellen|schreiben|verfassen|geben|erfüllen|nachkommen|anbieten|generieren|teilen)';
const MODAL = '(?:kann|darf|werde|möchte|will|könnte)';
const NOT = '(?:[ ,]+[\\p{L}-]+){0,8}? (?:nicht|keine?[nmrs]?)(?:[ ,]+[\\p{L}-]+){0,8}?';

export const german: Language = {
  code: 'de',
  frequent: words(
    'der die das und ist nicht ein eine ich sie zu mit für auf den dem es im von wie bitte haben kann ihr ihre du auch wird sind was welche wann sollen soll',
  ),
  dangling: words('und oder sondern weil dass obwohl sowie beziehungsweise der die den dem des eine einen einem einer'),
  // Case tells the polite "Sie" from "sie".
  you: /(?<!\p{L})(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[nmrs]?|Sie|Ihnen|Ihre?[nmrs]?|[Ee]uch|[Ee]ure?[nmrs]?)(?!\p{L})/u,
  request: phrases(
    'rückfragen?',
    '(?:weitere|mehr) (?:informationen|angaben|details)',
    'bitte (?:teilen|nennen|geben|beantworten)',
    '(?:können|könnten|möchten|haben|wollen|nutzen|verwenden|wünschen|benötigen|brauchen|meinen|hätten) sie',
    '(?:kannst|könntest|möchtest|hast|willst|nutzt|verwendest|brauchst|meinst|hättest) du',
    '(?:soll|darf|kann) ich',
    'sollen wir',
    '(?:wie|was) (?:lautet|ist|sind) (?:ihr|dein)e?',
  ),
  interrogative: opening(
    'was',
    'welche[nmrs]?',
    'wann',
    'wo',
    'wie',
    'ist',
    'sind',
    'gibt',
    '(?:um|in|für|mit|von|auf|an) welche[nmrs]?',
  ),
  rhetorical: phrases(
    'wer weiß',
    'warum nicht',
    'nicht wahr',
    "stimmt's",
    '(?:haben sie|hast du) (?:sich|dich|jemals|je) ',
    '(?:wussten sie|wusstest du)',
    'worauf (?:warten|wartest)',
    '(?:kennen sie|kennst du) das',
    'was will man mehr',
    'wer hätte',
    'bereit für',
  ),
  courtesy: phrases(
    'sonst noch',
    'noch (?:etwas|was|eine frage|fragen)',
    '(?:weitere|andere) (?:fragen|hilfe|unterstützung|anliegen)',
    'hilft (?:ihnen |dir )?das',
    '(?:wie|womit|wobei) kann ich (?:ihnen |dir )?(?:heute |noch )?(?:weiter)?(?:helfen|behilflich)',
    'alles klar',
  ),
  refusal: phrases(
    `ich ${MODAL}${NOT} ${HELP}`,
    `${MODAL} ich${NOT} ${HELP}`,
    'ich bin (?:leider )?nicht in der lage',
    'ich muss [\\p{L} ]{0,40}ablehnen',
    'ich weigere mich',
  ),
  helpsAnyway: phrases('aber hier', 'hier (?:ist|sind|finden|eine?)', 'so (?:geht|können|funktioniert)'),
  signOff: opening(
    'mit (?:freundlichen|besten|herzlichen|lieben) grüßen',
    '(?:viele|liebe|beste|herzliche) grüße',
    'freundliche grüße',
    'hochachtungsvoll',
    'danke',
    'vielen dank',
    'ihr',
    'ihre',
  ),
  subjectLine: label('betreff'),
};
