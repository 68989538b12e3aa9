import { type Language, label, opening, phrases, words } from './language.js';

const NEGATION = [
  "can'?t",
  'cannot',
  'can not',
  "won'?t",
  'will not',
  'am unable',
  "'m unable",
  "(?:am|'m) not (?:able|allowed|permitted|comfortable|going|in a position)",
  "(?:do not|don't) feel comfortable",
  "(?:would|'d) prefer not",
].join('|');
const FILLER =
  '(?: (?:to|be|able|directly|actually|currently|legally|ethically|personally|really|simply|safely|in good conscience|in|with|of|any)){0,4}';
const HELP =
  '(?:help|assist|comply|engage|participat|support|fulfil|provid|giv|shar|writ|creat|generat|answer|discuss|produc|disclos|reveal|recommend|complet)';
/** "I can't help but laugh", "can't recommend it enough", "can't give an exact figure": no refusals. */
const NOT_MEANT =
  '(?! (?:but|it|myself|noticing|thinking|feeling|wondering|laughing|smiling)\\b)(?![^.!?\\n]{0,60}\\b(?:without|unless|until|exact|precise|definitive|enough)\\b)';

export const english: Language = {
  code: 'en',
  frequent: words(
    'the and is of to in that for it with you your this are not be or have can what i we how please an as on',
  ),
  dangling: words('and or but nor because although unless whereas the a an'),
  you: phrases('you', 'your', 'yours', 'yourself'),
  request: phrases(
    '(?:could|can|would|will) you (?:please |also |kindly |perhaps ){0,2}(?:share|tell|provide|give|answer|confirm|send|clarify|specify|describe|check|let|explain|elaborate|upload|paste|post|show|list|verify|try|say|point|be more)',
    'would you (?:like|prefer|mind|rather|want)',
    'do you (?:want|need|have|prefer|mean|wish|see|use|already|still)',
    "what(?:'s| is| are| was| were) (?:your|the)",
    '(?:which|what|when|where|how)(?: [\\p{L}-]+){0,5} (?:do|are|would|did|have|will) you',
    '(?:shall|should|may|can|could) (?:i|we)',
    'are you (?:looking|using|trying|able|interested|asking|referring|running|still|getting|seeing|planning|experiencing)',
    'have you (?:tried|already|checked|received|recently|noticed)',
    '(?:like|want) me to',
    'clarifying questions?',
    '(?:need|with|have) (?:some |a few |a bit )?more (?:information|details|context)',
    'please (?:share|provide|tell|confirm|clarify|let me know|send)',
    '(?:to|so i can|so that i can) help you',
  ),
  interrogative: opening(
    'what',
    "what's",
    'which',
    'when',
    'where',
    'how',
    'is',
    'are',
    'do',
    'does',
    'did',
    'for',
    'any',
  ),
  rhetorical: phrases(
    "who (?:knows|cares|wouldn't|doesn't|would have thought|could resist)",
    'why (?:not|wait)',
    '(?:right|huh|eh|no)\\?',
    "(?:isn't|aren't|wasn't|wouldn't|won't|don't) (?:it|that|they|we|you)",
    '(?:have you )?ever wonder(?:ed)?',
    'have you ever',
    'did you (?:ever )?know',
    '(?:might|may) (?:ask|wonder)',
    'sounds? familiar',
    'guess what',
    'what (?:are you waiting for|could be|more could|if)',
    'so what',
    '(?:are you )?ready (?:to|for)',
    'are you ready',
    'how (?:cool|great|amazing) is',
  ),
  courtesy: phrases(
    '(?:anything|something|what) else',
    '(?:any|other|more|further|additional) (?:other |more |further )?(?:questions?|concerns?)',
    '(?:how|what) (?:can|may|could) (?:i|we) (?:help|assist|do for)',
    '(?:more|further|additional|other|any) (?:help|assistance|support)',
    '(?:does|did|do|is) (?:this|that|these|it|everything) (?:help|make sense|answer|clarify|clear|helpful|okay|ok|work for you)',
    'make sense',
  ),
  refusal: phrases(
    `(?<!\\bif )i(?: really| simply| unfortunately| also){0,2} ?(?:${NEGATION})${FILLER} (?:${HELP}\\p{L}{0,4}${NOT_MEANT}|do (?:that|this))`,
    `we (?:${NEGATION})${FILLER} (?:help|assist|comply)(?:ing)?${NOT_MEANT}`,
    "i(?:'ll| will| must| have to| need to)?(?: have to| respectfully| politely){0,2} decline",
    'i refuse to',
    '(?:not something|(?:beyond|outside) what) i (?:can|am able to) (?:help|assist|do|provide)',
  ),
  helpsAnyway: phrases(
    '(?:but|however|instead|still),? (?:here|below)',
    "here(?:'s| is| are) (?:how|what|an?|the|some)",
  ),
  signOff: opening(
    '(?:best|kind|warm|kindest|warmest)(?: regards| wishes)?,?$',
    '(?:with )?(?:kind |best |warm )?regards',
    'sincerely',
    'yours (?:truly|sincerely|faithfully)',
    'cheers',
    '(?:many )?thanks',
    'thank you',
    'warmly',
    'cordially',
    'respectfully',
    'take care',
    'all the best',
    'love',
  ),
  subjectLine: label('subject(?: line)?'),
};
