/** Where one is logged in: by device, newest first; every other one can be ended at once. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import styles from './AuthFrame.module.css';
import { ChangePassword } from './ChangePassword';
import { deviceOf } from '@/lib/session/device';
import { endSession, sessionsQuery, type Session } from './queries';
import { TotpSection } from './totp/TotpSection';

export function SessionsPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(sessionsQuery);
  const sessions = query.data ?? [];
  const others = sessions.filter(({ current }) => !current);
  const ending = useMutation({
    mutationFn: (ended: readonly Session[]) => Promise.all(ended.map(({ id }) => endSession(id))),
    onMutate: async (ended) => {
      await cache.cancelQueries({ queryKey: sessionsQuery.queryKey });
      cache.setQueryData(sessionsQuery.queryKey, (known) => known?.filter((session) => !ended.includes(session)));
    },
    onSuccess: (_, ended) => toast(t('sessionList.ended', { count: ended.length })),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <div className={styles['sessions']}>
      <Stack gap="lg" maw={720} mx="auto">
        <Title order={1}>{t('sessions.title')}</Title>
        <Text c="var(--nx-text2)">{t('sessionList.hint')}</Text>
        {query.isPending && <Waiting rows={3} height={56} />}
        {query.isError && sessions.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        <ul className={styles['list']}>
          {sessions.map((session) => (
            <Row key={session.id} session={session} onEnd={() => ending.mutate([session])} />
          ))}
        </ul>
        {others.length > 1 && (
          <Group>
            <Button variant="default" onClick={() => ending.mutate(others)}>
              {t('sessionList.endOthers')}
            </Button>
          </Group>
        )}
        <ChangePassword />
        <TotpSection />
      </Stack>
    </div>
  );
}

function Row({ session, onEnd }: { readonly session: Session; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const device = deviceOf(session.user_agent) ?? t('sessionList.unknown');
  return (
    <li className={styles['session']}>
      <span className={styles['device']}>
        <strong>{device}</strong>
        <span>
          {t('sessionList.since')} <Ago at={session.created_at} />
          {session.address && ` · ${session.address}`}
        </span>
      </span>
      {session.current ? (
        <Badge meaning="ok" icon={<IconDeviceLaptop size={14} aria-hidden />}>
          {t('sessionList.current')}
        </Badge>
      ) : (
        <Button variant="default" aria-label={t('sessionList.endOf', { device })} onClick={onEnd}>
          {t('sessionList.end')}
        </Button>
      )}
    </li>
  );
}
