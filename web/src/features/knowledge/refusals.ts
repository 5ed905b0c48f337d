/** Why something cannot be known, in words; null for what is no refusal of ours. */
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';

const REFUSALS = ['already_known', 'too_many_documents', 'nothing_to_read', 'text_too_long', 'not_readable', 'body_too_large', 'already_decided'] as const;

export function useRefusal(): { words: (error: unknown) => string | null; tell: (error: unknown) => void } {
  const { t } = useTranslation();
  const words = (error: unknown) => {
    const code = error ? REFUSALS.find((known) => known === asProblem(error).code) : undefined;
    return code ? t(`knowledge.refusal.${code}`) : null;
  };
  const tell = (error: unknown) => {
    const said = words(error);
    if (said) toast(said);
    else toastProblem(error);
  };
  return { words, tell };
}

/** Reasons that a reading can fail for; whatever else is told is one of the screen's. */
export const FAILURES = [
  'too_large', 'took_too_long', 'unreadable_file', 'nothing_to_read', 'file_missing', 'address_refused', 'unreachable', 'not_readable',
  'too_many_passages',
] as const;
