/** Times and money in the reader's words: «mar 24 nov, 10:30», «US$ 1.200», never a bare `$` (UI §6). */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Making a formatter costs more than a hundred uses of it, and a long list uses thousands.
const numbers = kept((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dates = kept((locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const relative = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** Language plus country: the browser's own variant of the language, else the language's widest one. */
export function localeOf(language: string, wanted: readonly string[] = navigator.languages): string {
  const widest: Record<string, string> = { es: 'es-419', en: 'en-US', pt: 'pt-BR' };
  return wanted.find((word) => word.startsWith(`${language}-`)) ?? widest[language] ?? language;
}

/** «ahora», «14 min», «3 h» under a day; the date beyond. */
export function ago(at: string, now: number, language: string): string {
  const passed = now - Date.parse(at);
  if (passed >= DAY) return day(at, language);
  if (passed < MINUTE) return relative(localeOf(language)).format(0, 'second');
  const [amount, unit] = passed >= HOUR ? [passed / HOUR, 'hour'] : [passed / MINUTE, 'minute'];
  return numbers(localeOf(language), { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(amount));
}

export function day(at: string, language: string): string {
  return format(at, language, { day: 'numeric', month: 'short' });
}

/** With its year, for what lies far off: «27 nov 2027». */
export function dated(at: string, language: string): string {
  return format(at, language, { day: 'numeric', month: 'short', year: 'numeric' }).replaceAll(' de ', ' ');
}

/** «mar 24 nov», for the line between two days of a thread. */
export function weekday(at: string, language: string): string {
  return format(at, language, { weekday: 'short', day: 'numeric', month: 'short' }).replaceAll(/[.,]/g, '').replace(' de ', ' ');
}

export function clock(at: string, language: string): string {
  return format(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Exact, with its zone, for a title on hover. */
export function exact(at: string, language: string): string {
  return format(at, language, { dateStyle: 'full', timeStyle: 'long' });
}

export function money(value: string, currency: string, language: string): string {
  const display = currency === 'USD' ? 'symbol' : 'code';
  const digits = Number.isInteger(Number(value)) ? 0 : 2;
  const parts = numbers(localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: display,
    minimumFractionDigits: digits,
    maximumFractionDigits: 2,
  }).formatToParts(Number(value));
  const figure = parts.filter((part) => part.type !== 'currency' && part.type !== 'literal');
  return `${currency === 'USD' ? 'US$' : currency} ${figure.map((part) => part.value).join('')}`;
}

/** «240 kB», «1,2 MB». */
export function bytes(count: number, language: string): string {
  const large = count >= 1_000_000;
  const [amount, unit] = large ? [count / 1_000_000, 'megabyte'] : [Math.max(1, count / 1000), 'kilobyte'];
  return numbers(localeOf(language), { style: 'unit', unit, maximumFractionDigits: large ? 1 : 0 }).format(amount);
}

/** «34 %», of a share. */
export function percent(share: number, language: string): string {
  return numbers(localeOf(language), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** «45 s», «12 min», «3,5 h», «2 d». */
export function lasting(seconds: number, language: string): string {
  const lasted = seconds * 1000;
  const [amount, unit] =
    lasted >= DAY ? [lasted / DAY, 'day'] : lasted >= HOUR ? [lasted / HOUR, 'hour'] : lasted >= MINUTE ? [lasted / MINUTE, 'minute'] : [seconds, 'second'];
  const digits = amount < 10 && unit !== 'minute' && unit !== 'second' ? 1 : 0;
  return numbers(localeOf(language), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(amount);
}

export function sameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function format(at: string, language: string, options: Intl.DateTimeFormatOptions): string {
  return dates(localeOf(language), options).format(new Date(at));
}

function kept<Options, Formatter>(
  make: (locale: string, options?: Options) => Formatter,
): (locale: string, options?: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (locale, options) => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const formatter = made.get(key) ?? make(locale, options);
    made.set(key, formatter);
    return formatter;
  };
}
