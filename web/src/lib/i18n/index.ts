/** Words in es, en and pt; one language is loaded (UI §6, §7). */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type es from './locales/es.json';

export const LANGUAGES = ['es', 'en', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

const CHOICE = 'nexus.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof es };
    returnNull: false;
  }
}

const loaders: Record<Language, () => Promise<{ default: object }>> = {
  es: () => import('./locales/es.json'),
  en: () => import('./locales/en.json'),
  pt: () => import('./locales/pt.json'),
};

type Pack = 'home' | 'later';
const packs: Record<Pack, Record<Language, () => Promise<{ default: object }>>> = {
  home: {
    es: () => import('./locales/es.json?home'),
    en: () => import('./locales/en.json?home'),
    pt: () => import('./locales/pt.json?home'),
  },
  later: {
    es: () => import('./locales/es.json?later'),
    en: () => import('./locales/en.json?later'),
    pt: () => import('./locales/pt.json?later'),
  },
};
const wanted = new Map<Pack, Promise<void>>();

/** A page whose words are not in the first load, together with them. */
export async function withWords<Page>(page: Promise<Page>): Promise<Page> {
  await Promise.all([want('home'), want('later')]);
  return page;
}

/** Inicio, where everybody comes first, with its own words alone. */
export async function withHomeWords<Page>(page: Promise<Page>): Promise<Page> {
  await want('home');
  return page;
}

async function want(pack: Pack): Promise<void> {
  const adding = wanted.get(pack) ?? add(pack, i18next.language as Language);
  wanted.set(pack, adding);
  await adding;
}

async function add(pack: Pack, language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', (await packs[pack][language]()).default, true, true);
}

/** The language to start in: the person's choice, else the browser's first that we speak, else Spanish. */
export function firstLanguage(chosen: string | null, asked: readonly string[]): Language {
  const known = (word: string) => LANGUAGES.find((language) => word.toLowerCase().split('-')[0] === language);
  return [chosen ?? '', ...asked].map(known).find((language) => language !== undefined) ?? 'es';
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({ lng: 'none', fallbackLng: false, interpolation: { escapeValue: false } });
  await load(firstLanguage(remembered(), navigator.languages));
}

/** Change the language at once and remember it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // storage is switched off: the choice lasts until the page is closed
  }
}

/** The company's language, unless the person has chosen one. */
export async function adoptLanguage(language: Language): Promise<void> {
  if (remembered() === null && i18next.language !== language) await load(language);
}

async function load(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await loaders[language]()).default);
  }
  await Promise.all([...wanted.keys()].map((pack) => add(pack, language)));
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

function remembered(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}
