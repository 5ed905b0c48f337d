/** What the company calls those who buy: every word of ours may say `{{client}}`, `{{clients}}`, `{{Client}}`, `{{Clients}}`. */
import i18next, { type TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/lib/session/session';

export interface BuyerWords {
  readonly client: string;
  readonly clients: string;
  readonly Client: string;
  readonly Clients: string;
}

export function buyerWords(tenant: Me['tenant'], language: string, t: TFunction): BuyerWords {
  const own = tenant.vocabulary_words[language];
  const client = own?.['one'] ?? t(`vocabulary.${tenant.vocabulary}.one`);
  const clients = own?.['many'] ?? t(`vocabulary.${tenant.vocabulary}.many`);
  return { client, clients, Client: capital(client, language), Clients: capital(clients, language) };
}

/** Keep the words up to date; whoever shows some is drawn anew when they change. */
export function useBuyerWords(me: Me): void {
  const { t, i18n } = useTranslation();
  const words = buyerWords(me.tenant, i18n.language, t);
  const said = JSON.stringify(words);
  say(words, said); // before the children draw: the first page says them already
  useEffect(() => {
    i18next.emit('languageChanged', i18next.language);
  }, [said]);
}

function say(words: BuyerWords, said: string): void {
  const { interpolation } = i18next.options;
  if (interpolation && JSON.stringify(interpolation.defaultVariables) !== said) interpolation.defaultVariables = { ...words };
}

function capital(word: string, language: string): string {
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}
