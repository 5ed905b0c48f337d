/** Tells those who listen how many wait for a person: once in ten seconds at most (UI §7). */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Spoken } from '@/components/Spoken';

const PAUSE_MS = 10_000;

export function WaitingVoice({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState(count);
  const last = useRef(0);
  useEffect(() => {
    if (count === said) return undefined;
    const wait = Math.max(0, last.current + PAUSE_MS - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(count);
    }, wait);
    return () => clearTimeout(timer);
  }, [count, said]);
  return <Spoken>{said > 0 ? t('inbox.waitingCount', { count: said }) : ''}</Spoken>;
}
