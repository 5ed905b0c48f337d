/** Values in the reader's words: a country by its name, a mode by what it means. */
import type { TFunction } from 'i18next';
import { LANGUAGES } from '@/lib/i18n';
import { sayHours, type Hours } from '@/lib/time/week';

const MODES = ['autopilot', 'draft', 'off'] as const;
const VOCABULARIES = ['clients', 'patients', 'students', 'members', 'guests', 'families'] as const;
const ASSIGNMENTS = ['least_busy', 'round_robin', 'skill'] as const;
const FIELDS = [
  'name',
  'country',
  'zone',
  'language',
  'currency',
  'vocabulary',
  'vocabulary_words',
  'agent_name',
  'agent_mode',
  'quiet_seconds',
  'maximum_wait_seconds',
  'takeover_hours',
  'agent_hours',
  'ai_disclosure',
  'turns_per_day',
  'meeting_minutes',
  'slot_granularity_minutes',
  'buffer_before_minutes',
  'buffer_after_minutes',
  'minimum_notice_minutes',
  'horizon_days',
  'most_meetings_per_day',
  'offer_minutes',
  'hold_minutes',
  'assignment',
  'holiday_country',
  'holiday_region',
  'whisper_model',
  'whisper_base_url',
  'vision_model',
] as const;

// Every country whose phone numbers the server can read (ISO 3166, and the two territories with numbers of their own).
const COUNTRIES =
  'AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  );

/** Own words in the place of the vocabulary's, by language. */
export type OwnWords = Readonly<Record<string, { readonly one: string; readonly many: string }>>;

function sayWords(words: OwnWords): string {
  return Object.values(words)
    .map(({ one, many }) => `${one}, ${many}`)
    .join(' · ');
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function fieldName(field: string, t: TFunction): string {
  const known = FIELDS.find((each) => each === field);
  return known ? t(`settings.field.${known}`) : field;
}

/** What a field can be chosen from; undefined where it is written. */
export function optionsOf(field: string, t: TFunction, language: string): readonly Option[] | undefined {
  switch (field) {
    case 'country':
      return named(COUNTRIES, 'region', language);
    case 'currency':
      return named(Intl.supportedValuesOf('currency'), 'currency', language);
    case 'language':
      return named(LANGUAGES, 'language', language).map(({ value, label }) => ({ value, label: capital(label, language) }));
    case 'zone':
      return Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zoneName(zone) }));
    case 'vocabulary':
      return VOCABULARIES.map((value) => ({ value, label: t(`vocabulary.${value}.many`) }));
    case 'assignment':
      return ASSIGNMENTS.map((value) => ({ value, label: t(`settings.assignment.${value}`) }));
    case 'agent_mode':
      return MODES.map((value) => ({ value, label: t(`mode.name.${value}`) }));
    default:
      return undefined;
  }
}

/** A value as it is read; «sin límite» for none. */
export function sayValue(field: string, value: unknown, t: TFunction, language: string): string {
  if (value === null || value === undefined) return t('settings.conflict.none');
  if (typeof value === 'boolean') return value ? t('settings.conflict.yes') : t('settings.conflict.no');
  if (field === 'vocabulary_words') return sayWords(value as OwnWords) || t('settings.conflict.none');
  if (field === 'agent_hours') return sayHours(value as Hours, t, language);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.startsWith('holiday_') && text === '') return t('settings.conflict.none');
  if (field === 'holiday_country') return countryName(text, language);
  if (field === 'zone') return zoneName(text);
  return optionsOf(field, t, language)?.find((option) => option.value === text)?.label ?? text;
}

export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

function capital(word: string, language: string): string {
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

function zoneName(zone: string): string {
  return zone.replaceAll('_', ' ');
}

function named(codes: readonly string[], type: 'region' | 'currency' | 'language', language: string): readonly Option[] {
  const names = new Intl.DisplayNames([language], { type });
  const label = (code: string) => (type === 'currency' ? `${code} · ${names.of(code) ?? code}` : (names.of(code) ?? code));
  return codes.map((value) => ({ value, label: label(value) })).toSorted((a, b) => a.label.localeCompare(b.label, language));
}
