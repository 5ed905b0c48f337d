/** A moment in few characters; the exact one with its zone on hover. */
import { useTranslation } from 'react-i18next';
import { ago, clock, exact } from '@/lib/i18n/format';
import { useNow } from '@/lib/time/useNow';

export function Ago({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at, i18n.language)}>
      {ago(at, now, i18n.language)}
    </time>
  );
}

export function Clock({ at }: { readonly at: string }) {
  const { i18n } = useTranslation();
  return (
    <time dateTime={at} title={exact(at, i18n.language)}>
      {clock(at, i18n.language)}
    </time>
  );
}
