/** Trying a number's key at its provider: asked here, tried by the worker, told when it is known. Nothing is sent. */
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import { toastProblem } from '@/components/toast';
import styles from './Channels.module.css';
import { askCheck, type Channel } from './queries';
import { problemOfCheck } from './words';

const PATIENCE_MS = 30_000;

export function CheckButton({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation();
  const [waiting, setWaiting] = useState<{ readonly since: string | null } | null>(null);
  const asking = useMutation({
    mutationFn: () => askCheck(channel.id),
    onMutate: () => setWaiting({ since: channel.checked_at }),
    onError: (error) => {
      setWaiting(null);
      toastProblem(error);
    },
  });
  const pending = waiting !== null && waiting.since === channel.checked_at;
  useEffect(() => {
    if (!pending) return undefined;
    const timer = setTimeout(() => setWaiting(null), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [pending]);
  return (
    <Button variant="default" loading={pending} aria-label={t('channels.check.of', { name: channel.name })} onClick={() => asking.mutate()}>
      {t('channels.check.do')}
    </Button>
  );
}

export function CheckResult({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation();
  const well = channel.check_problem === null;
  return (
    <Text size="sm" component="p" role="status" className={styles['checked'] ?? ''} data-well={well} m={0}>
      {channel.checked_at !== null && (
        <>
          {well ? <IconCircleCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
          <span>
            {channel.check_problem === null ? t('channels.check.well') : problemOfCheck(channel.check_problem, t)} ·{' '}
            <Ago at={channel.checked_at} />
          </span>
        </>
      )}
    </Text>
  );
}
